"""Pages over HTTP, for each role, with their forms. They go through the host, and change nothing themselves
except accounts, courses and meetings that are only planned."""

"""Pages over HTTP, for each role, with their forms. They ask the host, and change nothing by themselves but
accounts, courses and meetings that are only planned."""

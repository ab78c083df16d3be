"""People who do not exist, and what a rehearsal with them leaves."""

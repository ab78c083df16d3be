"""Local texts: their versions, what is new, and folders."""

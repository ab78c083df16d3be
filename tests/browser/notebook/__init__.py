"""The notebook, in a browser with a kind that uses it."""

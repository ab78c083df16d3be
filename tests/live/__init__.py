"""The state of a meeting, without a server."""

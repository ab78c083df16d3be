"""Serving on eventlet: the only room that knows it. Nothing here knows what a meeting is but `server.py`,
which starts one process."""

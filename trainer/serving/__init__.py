"""Serving on eventlet, which no other room depends on. Only `server.py`, which starts the process, knows
about meetings."""

"""Running meetings: held in memory, changed by what phones and trainers send, rendered, sealed and swept.

Each part is handed `Core` and the parts it needs, and never looks another up. `host.py` makes them all; pages
and sockets hold the host.
"""

"""Running meetings: in memory, changed by what phones and trainers send, rendered, sealed and swept.

Each part is handed `Core` and the parts that it needs; `host.py` makes them all, and is what pages and
sockets hold. A part never looks for another by itself.
"""

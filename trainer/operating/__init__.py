"""The operator's commands, and what runs before the first request: accounts, backups, restoring, exports, and
the sample course. Only restoring replaces a database, and needs Kwartier to stand still.
"""

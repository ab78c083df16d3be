"""The operator's commands, and what runs before the first request: accounts, backups, restoring, exports, and
the sample course."""

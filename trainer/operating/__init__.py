"""What an operator does from the command line, and what is done before the first request: accounts, backups,
restoring, exports, and the sample course."""

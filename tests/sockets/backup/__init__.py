"""Backups of a Kwartier that runs, made and put back as an operator does it."""

"""Reads Markdown files into programmes, parts, blocks and steps; reports every problem by file and line.

Only `files.py` opens a file. All else is text in, values or text out, and nothing here knows of meetings.
"""

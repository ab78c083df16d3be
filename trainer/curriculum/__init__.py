"""Reads Markdown files into programmes, parts, blocks and steps; reports every problem by file and line."""

"""Markdown files to programmes, parts, blocks and steps, with every problem told by file and line."""

"""Changing a course's own text, by pages."""

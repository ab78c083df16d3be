"""Evaluations that say what a group thought, and nothing about one person."""

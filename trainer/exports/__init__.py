"""Evaluations that say what a group thought, and nothing about any one person."""

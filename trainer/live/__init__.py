"""The state of a meeting, what a trainer can do to it, and what each role sees of it. Values in, values out,
without a database; except for `clock.py`, the time is passed in."""

"""People who do not exist, for trainers who rehearse: they join, answer and press as a group would.

They go through `meetings/`, as phones do, and nothing of them is left when the rehearsal ends.
"""

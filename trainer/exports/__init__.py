"""The files that people download: evaluations and reports, plans, and what trainers take along.

All is made of values that are handed in. Of participants that is what the gate let be kept: what a group
thought, and nothing of any one person.
"""

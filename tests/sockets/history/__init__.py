"""A meeting in which people do anything, in any order: what each of them may do, as Hypothesis rules."""

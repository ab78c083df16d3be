"""The state of a meeting, what a trainer can do to it, and what each role sees of it. Pure: values in,
values out, with no database and no clock but the time that is handed in."""

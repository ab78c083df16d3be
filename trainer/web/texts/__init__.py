"""The pages on which a course's own texts are read, changed, compared and shared. Changes are made by
`curriculum/editing.py` and saved as a version by `library/versions.py`; no page here writes a file."""

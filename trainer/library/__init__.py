"""Which text a course gives: that of its national programme, or its own version of a part.

Nothing above this room reads a text in any other way, apart from a meeting that was opened: it keeps its own.
"""

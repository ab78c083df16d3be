"""Steps that tables do by themselves, from the state to a browser."""

"""People who do not exist, for trainers who rehearse: they join, answer and press as a group would."""

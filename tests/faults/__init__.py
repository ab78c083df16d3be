"""Whatever breaks, what was told saved survives: the proofs of `make faults`."""

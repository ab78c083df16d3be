"""What tests and proofs of several rooms share."""

"""Can anybody find out who wrote what? The proofs of `make attack`."""

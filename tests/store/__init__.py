"""What is stored, for how long, and what of it others may see."""

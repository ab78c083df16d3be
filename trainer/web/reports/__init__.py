"""The pages and files that trainers take along, and what of a meeting may be read afterwards. Of participants
they tell what is in the table `result`, by way of `exports/`, and nothing else."""

"""What happens in a dagdeel that is given from beginning to end."""

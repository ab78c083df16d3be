"""Who may say what over a socket, and what is not taken."""

"""Real servers in processes of their own, and clients that speak to them over sockets."""

"""The two WebSockets, ours and the stock one, against a real server process and raw sockets."""

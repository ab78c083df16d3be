"""Socket.IO: what browsers may send and who may send it, and sending them what they must see. The rules of
meetings are in `meetings/`."""

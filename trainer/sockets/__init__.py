"""Socket.IO: what browsers may say and who may say it, and sending them what they must see. Rules of meetings
are in `meetings/`."""

"""The Socket.IO floor: connections, commands, fan-out, presence, resume. All rules live in `models`."""

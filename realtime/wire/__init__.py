"""Everything that leans on the inside of python-socketio and python-engineio."""

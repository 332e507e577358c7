"""Recordings: stretches of a session's log, marked as such."""

"""Sessions: what is set up beforehand, and the course of their life."""

"""Chaos: the real servers on links that break, processes that die, and an oracle that compares everybody's log."""

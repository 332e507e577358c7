"""The log: one gapless sequence of events per session, and the pure function that folds it into the room's state."""

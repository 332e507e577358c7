"""The live room: participants, waiting room, moderation, chat."""

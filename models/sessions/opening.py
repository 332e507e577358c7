"""From when on people may come to a session."""

from datetime import datetime, timedelta

from models.sessions.kinds import SessionSettings
from models.sessions.tables import Session


def opens_at(session: Session) -> datetime | None:
    """When the doors of the waiting room open, or None when they always are."""
    minutes = SessionSettings.model_validate(session.settings).opens_minutes_before
    if session.start_time is None or minutes is None:
        return None
    return session.start_time - timedelta(minutes=minutes)

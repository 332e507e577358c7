"""Which refusals to expect where, for the table of endpoints. What any endpoint may answer is not here."""

from models import errors as e

SEEN = (
    e.SessionNotFound,
    e.NotJoined,
    e.ParticipantWaiting,
    e.ParticipantDeclined,
    e.ParticipantRemoved,
    e.ParticipantBanned,
)
"""Whoever has no part in a session is told that there is none; whoever is out of it, why."""

RULED = (*SEEN, e.Forbidden)
MOVED = (*RULED, e.InvalidTransition)
LOCKED = (*RULED, e.SessionOver)
EDITED = (*LOCKED, e.SessionChanged)
PERSON = (*RULED, e.ParticipantNotFound, e.OutranksYou, e.SessionOver)
DECIDED = (*PERSON, e.AlreadyDecided)
SENT_OUT = (*DECIDED, e.LastHost)
ADMITTED = (*RULED, e.ParticipantNotFound, e.AlreadyDecided, e.SessionFull, e.SessionOver)
RECORDED = (*RULED, e.RecordingNotFound, e.RecordingStateConflict)
CO_HOSTED = (*RULED, e.OutranksYou, e.LastHost)
SPOKEN = (
    *RULED,
    e.ParticipantMutedError,
    e.CapabilityOff,
    e.MessageNotFound,
    e.ParticipantNotFound,
    e.SessionNotLive,
    e.SessionPaused,
    e.SessionOver,
)
JOINED = (
    e.SessionNotFound,
    e.SessionOver,
    e.SessionNotOpen,
    e.SessionLocked,
    e.SessionFull,
    e.GuestsNotAllowed,
    e.ConsentRequired,
    e.WaitingRoomFull,
    e.ParticipantDeclined,
    e.ParticipantRemoved,
    e.ParticipantBanned,
    e.RateLimited,
)

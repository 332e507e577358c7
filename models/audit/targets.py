"""What kind of thing an act was done to, by the act's name."""

from typing import Final

_KINDS: Final = {
    "account": "user",
    "chat": "message",
    "key": "api_key",
    "participant": "participant",
    "poll": "poll",
    "recording": "recording",
    "role": "role",
    "session": "session",
    "tenant": "tenant",
}
_TO_SOMEBODY: Final = frozenset({"role:assigned", "role:unassigned", "role:expired"})


def target_kind_of(action: str) -> str:
    """The kind of what `action` names by its id; what stands before the colon, where nothing else is known."""
    if action in _TO_SOMEBODY:
        return "user"
    kind = action.partition(":")[0]
    return _KINDS.get(kind, kind)[:20]

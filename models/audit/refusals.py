"""Attempts that were refused, for the audit: all are counted, and few rows are written however many there are.

The first of its kind (who, what, upon what, why) is written within a second; how often it came again, at the end of
its minute. Who tries many kinds gets so many rows a minute, and all strangers together so many: what is over is one row
with its number. Strangers have a budget of their own, so that none of them can crowd out what an account does.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from models.audit.who import ActorKind
from models.tables import DEFAULT_TENANT

WINDOW_S = 60.0
ROWS_PER_WHO = 20
ROWS_OF_STRANGERS = 60
ROWS_OF_OTHERS = 120
OVERFLOW = "audit:refusals_not_listed"


@dataclass(frozen=True, slots=True)
class Refused:
    """One attempt that was refused, and why (`outcome`, the code of the refusal)."""

    tenant_id: UUID
    kind: ActorKind
    actor_id: UUID | None
    action: str
    outcome: str
    address: str
    session_id: UUID | None = None
    target_kind: str = ""
    target_id: UUID | None = None
    user_id: UUID | None = None
    participant_id: UUID | None = None
    agent: str = ""
    request_id: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """What is to be written: an attempt, when, and how often it was made."""

    refused: Refused
    at: datetime
    times: int


@dataclass(slots=True)
class _Window:
    """One kind of attempt within its minute; `again` counts those after the first."""

    refused: Refused
    ends_s: float
    last_at: datetime
    again: int = 0


@dataclass(slots=True)
class _Minute:
    """What has been spent since it began."""

    began_s: float = 0.0
    by_who: Counter[object] = field(default_factory=Counter)
    strangers: int = 0
    others: int = 0


class Refusals:
    """One worker's. Holds no more than the rows that it may write in a minute."""

    def __init__(self, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._clock_s = clock_s
        self._windows: dict[object, _Window] = {}
        self._minute = _Minute()
        self._pending: list[Row] = []
        self._over: Counter[UUID] = Counter()
        self._over_at: datetime | None = None

    def note(self, refused: Refused, at: datetime, who: str) -> None:
        """Counts one attempt. `who` tells people apart: an account's id, or where a stranger comes from."""
        key = (refused.tenant_id, who, refused.action, refused.outcome, refused.target_id, refused.session_id)
        known = self._windows.get(key)
        if known is not None:
            known.again += 1
            known.last_at = at
            return
        if not self._may_spend(refused.kind, (refused.tenant_id, who)):
            self._over[refused.tenant_id] += 1
            self._over_at = at
            return
        self._windows[key] = _Window(refused, self._clock_s() + WINDOW_S, at)
        self._pending.append(Row(refused, at, 1))

    def take(self, *, everything: bool = False) -> list[Row]:
        """What is to be written now: what is new, and what came again in minutes that are over."""
        now_s = self._clock_s()
        rows, self._pending = self._pending, []
        over = [key for key, one in self._windows.items() if everything or one.ends_s <= now_s]
        for key in over:
            window = self._windows.pop(key)
            if window.again:
                rows.append(Row(window.refused, window.last_at, window.again))
        if everything or now_s - self._minute.began_s >= WINDOW_S:
            rows += self._take_over()
        return rows

    def put_back(self, rows: list[Row]) -> None:
        """What could not be written waits for the next time, as far as there is room."""
        room = ROWS_OF_STRANGERS + ROWS_OF_OTHERS - len(self._pending)
        self._pending = [*rows[: max(0, room)], *self._pending]

    def _take_over(self) -> list[Row]:
        over, self._over = self._over, Counter()
        at = self._over_at
        if at is None:
            return []
        nobody = Refused(DEFAULT_TENANT, ActorKind.JOB, None, OVERFLOW, "RATE_LIMITED", "")
        return [Row(replace(nobody, tenant_id=one), at, times) for one, times in over.items()]

    def _may_spend(self, kind: ActorKind, who: object) -> bool:
        minute = self._minute
        if self._clock_s() - minute.began_s >= WINDOW_S:
            # What was over in the minute before is still told.
            self._pending += self._take_over()
            minute = self._minute = _Minute(self._clock_s())
        is_stranger = kind is ActorKind.STRANGER
        spent, most = (
            (minute.strangers, ROWS_OF_STRANGERS) if is_stranger else (minute.others, ROWS_OF_OTHERS)
        )
        if spent >= most or minute.by_who[who] >= ROWS_PER_WHO:
            return False
        minute.by_who[who] += 1
        if is_stranger:
            minute.strangers += 1
        else:
            minute.others += 1
        return True

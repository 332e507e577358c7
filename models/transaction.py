"""The one way for a room to change.

A use case loads, requires, changes and records; the transaction gives every event its place in the session's log,
writes log and audit with the change itself, commits, and only then lets anyone hear of it. What was seen was stored,
and what was acknowledged survives a crash.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlmodel import SQLModel, col, update
from sqlmodel.ext.asyncio.session import AsyncSession

from models.audit.commitment import commit_to
from models.audit.redaction import changes_between, redacted
from models.audit.tables import DONE, AuditEntry
from models.audit.targets import target_kind_of
from models.audit.who import STRANGER, Who, job
from models.errors import SessionNotFound
from models.identity.tables import Revocation
from models.ids import new_id
from models.log.event import Event
from models.log.logged import LoggedEvent
from models.log.tables import SessionEvent, SessionLog
from models.mail import Mail
from models.writing import Head, Heads, Inserts, values_of


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a change comes from, for the audit. `agent` is the program at the other end, as it calls itself."""

    action: str = "system"
    address: str = ""
    request_id: str = ""
    agent: str = ""
    is_asked: bool = False

    @property
    def who(self) -> Who:
        """Who is behind it, as long as nobody has said who they are: somebody who asks, or a job of our own."""
        return STRANGER if self.is_asked else job(self.action)


class Publisher(Protocol):
    """Whoever carries committed facts to those who listen. It must not block and must not fail."""

    def publish(self, events: Sequence[LoggedEvent]) -> None:
        """Events of one session, in order, after their commit."""
        ...


class Transaction:
    """One unit of change. Records go to the session whose log was locked last.

    Rows that change are the business of `db`. New rows that nothing in the transaction reads again are best given to
    `insert`: they are stored together, at the end.
    """

    def __init__(self, db: AsyncSession, now: datetime, origin: Origin, heads: Heads | None = None) -> None:
        self.db = db
        self.now = now
        self.origin = origin
        self.recorded: list[LoggedEvent] = []
        self.mails: list[Mail] = []
        self.roster_limit = 200
        self._heads = heads or Heads()
        self._inserts = Inserts()
        self._is_part = heads is not None
        self._log: Head | SessionLog | None = None
        self._actor_id: UUID | None = None
        self._user_id: UUID | None = None
        self._who = origin.who

    @property
    def log(self) -> Head | SessionLog:
        """The head of the locked log."""
        if self._log is None:
            raise RuntimeError("lock the session's log before reading or writing it")
        return self._log

    @property
    def next_seq(self) -> int:
        """The place that the next recorded event will have."""
        return self.log.head_seq + 1

    async def lock(self, session_id: UUID) -> Head | SessionLog:
        """Waits for its turn at the session. Until the commit nobody else changes this room. Raises SessionNotFound."""
        log = self._heads.get(session_id)
        if log is None:
            await self._heads.lock(self.db, [session_id])
            log = self._heads.get(session_id)
        if log is None:
            raise SessionNotFound
        self._log = log
        return log

    async def lock_all(self, session_ids: Sequence[UUID]) -> None:
        """Waits for its turn at several sessions."""
        await self._heads.lock(self.db, list(session_ids))

    async def lock_free(self, session_ids: Sequence[UUID]) -> set[UUID]:
        """Takes its turn at those of the sessions that nobody else is changing, and returns them."""
        await self._heads.lock(self.db, list(session_ids), wait=False)
        return {one for one in session_ids if self._heads.get(one) is not None}

    def open_log(self, log: SessionLog) -> None:
        """Begins the log of a session that this transaction creates."""
        self.db.add(log)
        self._heads.open(log)
        self._log = log

    @contextmanager
    def part(self, origin: Origin) -> Iterator["Transaction"]:
        """One of several commands that share this transaction. If the block raises, it has recorded nothing.

        Raises RuntimeError if it has changed rows before it raised: those changes could not be told from others'.
        """
        part = Transaction(self.db, self.now, origin, self._heads)
        part.roster_limit = self.roster_limit
        try:
            yield part
        except Exception as error:
            part._take_back()
            if self.db.new or self.db.dirty or self.db.deleted:
                raise RuntimeError("a command in a group has changed rows and then failed") from error
            raise
        self.recorded += part.recorded
        self._inserts.extend(part._inserts)

    def insert(self, row: SQLModel) -> None:
        """Stores a new row at the end, with all others of its kind."""
        self._inserts.add(type(row), values_of(row))

    async def write_out(self) -> None:
        """Stores what has been recorded and inserted so far.

        It is done at the end, whoever asks; only who wants to read what was recorded just now asks for it earlier.
        """
        if self._is_part:
            raise RuntimeError("a part may still fail: what it records is stored with the whole")
        if self.db.new or self.db.dirty or self.db.deleted:
            await self.db.flush()
        await self._inserts.write(self.db)
        await self._heads.write(self.db)

    def acts_for(self, actor_id: UUID | None, user_id: UUID | None, who: Who) -> None:
        """Names the participant (or user) and the account that the following records are by; to the audit, `who`."""
        self._actor_id = actor_id
        self._user_id = user_id
        self._who = who

    def record(
        self,
        event: Event,
        audience: str | None = None,
        *,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
    ) -> LoggedEvent:
        """Appends a fact to the log of the locked session, and to the audit; for the event's audience or another.

        `before` and `after` are for the audit alone, which keeps what differs.
        """
        log = self.log
        log.head_seq += 1
        logged = LoggedEvent(
            session_id=log.session_id,
            epoch=log.epoch,
            seq=log.head_seq,
            type=event.type,
            actor_id=None if event.anonymous else self._actor_id,
            audience=audience or event.audience,
            at=self.now,
            data=event.model_dump_json(),
        )
        self.recorded.append(logged)
        self._inserts.add(SessionEvent, _row(logged, log.tenant_id))
        if event.audited:
            self._audit_event(event, log, before or {}, after or {})
        return logged

    def audit(
        self,
        tenant_id: UUID,
        action: str,
        target_id: UUID | None = None,
        *,
        outcome: str = DONE,
        before: Mapping[str, Any] | None = None,
        after: Mapping[str, Any] | None = None,
        **details: Any,
    ) -> None:
        """Notes an act that is no event of a room. Of `before` and `after` it keeps the fields that differ."""
        was, now = changes_between(before or {}, after or {})
        self._add_audit(
            tenant_id=tenant_id,
            session_id=None,
            participant_id=None,
            action=action,
            target_id=target_id,
            target_kind=target_kind_of(action) if target_id else "",
            details=redacted(details),
            before=redacted(was),
            after=redacted(now),
            outcome=outcome,
        )

    def revoke(self, tenant_id: UUID, subject_id: UUID) -> None:
        """Has every worker cut the sockets of a sign-in or participant, within a second."""
        self.db.add(Revocation(tenant_id=tenant_id, subject_id=subject_id, at=self.now))

    def mail(self, mail: Mail) -> None:
        """Has a letter sent once this is committed."""
        self.mails.append(mail)

    async def compare_and_set(self, row: SQLModel, field: str, expected: Any, new: Any, **also: Any) -> bool:
        """Changes `field` from `expected` to `new`, in the database and on the row, unless somebody was faster."""
        table = type(row)
        key = col(table.id)  # type: ignore[attr-defined]
        values = {field: new, **also}
        change = update(table).where(key == row.id, getattr(table, field) == expected).values(**values)  # type: ignore[attr-defined]
        changed = await self.db.exec(change, execution_options={"synchronize_session": False})
        if changed.rowcount != 1:
            return False
        await self.db.refresh(row)
        return True

    def _audit_event(
        self, event: Event, log: Head | SessionLog, before: Mapping[str, Any], after: Mapping[str, Any]
    ) -> None:
        data = event.model_dump(
            mode="json", include={"reason", "role", "status", "changed", "consent", "is_hidden"}
        )
        target = getattr(event, "participant_id", None) or getattr(event, "recording_id", None)
        target = target or getattr(event, "message_id", None)
        was, now = changes_between(before, after)
        self._add_audit(
            tenant_id=log.tenant_id,
            session_id=log.session_id,
            participant_id=self._actor_id,
            action=event.type,
            target_id=target,
            target_kind=target_kind_of(event.type) if target else "session",
            details=redacted(data),
            before=redacted(was),
            after=redacted(now),
            outcome=DONE,
        )

    def _add_audit(self, **about: Any) -> None:
        by = {
            "user_id": self._user_id,
            "actor_kind": self._who.kind,
            "actor_id": self._who.id,
            "actor_name": self._who.name,
            "address": self.origin.address,
            "agent": self.origin.agent,
            "request_id": self.origin.request_id,
        }
        self._inserts.add(
            AuditEntry, {"id": new_id(), "at": self.now, **by, **about, **commit_to({**by, **about})}
        )

    def _take_back(self) -> None:
        for logged in self.recorded:
            log = self._heads.get(logged.session_id)
            if log is not None:
                log.head_seq -= 1


def _row(logged: LoggedEvent, tenant_id: UUID) -> dict[str, Any]:
    return {
        "session_id": logged.session_id,
        "seq": logged.seq,
        "id": new_id(),
        "tenant_id": tenant_id,
        "type": logged.type,
        "actor_id": logged.actor_id,
        "audience": logged.audience,
        "at": logged.at,
        "data": logged.data,
    }

"""People who talk through the lane, on a site without doors."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from models.actors import Actor
from models.crowd import Asking
from models.identity.tables import SignIn
from models.identity.tokens import AccessClaims, Claims, ParticipantClaims
from models.log.answers import CommandKey
from models.log.grouping import Grouped, Outcome
from models.log.lane import Lane
from models.rooms.chat import send_message
from models.rooms.payloads import MessageView
from models.sessions.lifecycle import start_session
from models.sessions.payloads import CreateSession
from models.tables import DEFAULT_TENANT
from models.transaction import Origin, Transaction
from tests.log.room import OWNER, Room, Site

WITHIN_S = 20.0
PEOPLE = (OWNER, "abel", "ben", "gus", "gia")
Json = dict[str, Any]


@dataclass
class Groups:
    """Counts groups. Implements `models.log.lane.Grouping`."""

    sizes: list[int] = field(default_factory=list)
    turned_away: int = 0

    def observe(self, size: int, took_s: float) -> None:
        assert took_s >= 0
        self.sizes.append(size)

    def refused(self) -> None:
        self.turned_away += 1


async def talking_room(site: Site, room: Room | None = None) -> Room:
    """A running session with five people in it: accounts and guests."""
    room = room or Room(site)
    await room.create(CreateSession.model_validate({"title": "Algebra", "status": "scheduled"}))
    await room.join(OWNER)
    await room.act(OWNER, start_session)
    for who in PEOPLE[1:]:
        await room.join(who)
    return room


def token_of(room: Room, who: str) -> Claims:
    """What somebody's participant token says."""
    ends = room.site.clock.now() + timedelta(days=1)
    return ParticipantClaims(DEFAULT_TENANT, room.ids[who], room.session_id, ends)


async def sign_in(site: Site, who: str) -> AccessClaims:
    """An account signs in; what its access token says."""
    user = site.accounts[who]
    async with site.context.transaction(Origin()) as tx:
        until = tx.now + timedelta(days=1)
        row = SignIn(
            tenant_id=DEFAULT_TENANT,
            user_id=user.id,
            refresh_hash=f"{who} {tx.now}",
            refreshed_at=tx.now,
            expires_at=until,
            address="",
            created_at=tx.now,
            updated_at=tx.now,
        )
        tx.db.add(row)
    return AccessClaims(DEFAULT_TENANT, user.id, row.id, until)


def says(
    room: Room,
    who: str | Claims,
    text: str,
    *,
    command_id: UUID | None = None,
    reply_to: UUID | None = None,
    command: str = "chat:send",
) -> Grouped:
    """A line of chat, as the doors hand it to the lane."""
    claims = token_of(room, who) if isinstance(who, str) else who
    key = None
    if command_id is not None:
        key = CommandKey(room.session_id, claims.person_id, command_id, command)
    return Grouped(
        Asking(claims, room.session_id),
        Origin(command),
        partial(_say, text, reply_to),
        key,
        messages=() if reply_to is None else (reply_to,),
    )


async def _say(text: str, reply_to: UUID | None, tx: Transaction, actor: Actor) -> Json:
    view = MessageView.of(await send_message(tx, actor, text, reply_to))
    return {"ok": True, "data": view.model_dump(mode="json"), "seq": tx.log.head_seq}


def open_lane(site: Site, *, group_limit: int = 256, queue_limit: int = 4_096) -> tuple[Lane, Groups]:
    """A lane of its own, and what is counted of it."""
    groups_at_once = 1 if site.context.database.is_sqlite else 4
    lane = Lane(
        lambda tenant_id, origin: site.context.within(tenant_id).transaction(origin),
        groups_at_once=groups_at_once,
        group_limit=group_limit,
        queue_limit=queue_limit,
    )
    lane.grouping = groups = Groups()
    return lane, groups


async def all_of(outcomes: Iterable[asyncio.Future[Outcome]]) -> list[Outcome]:
    """What came of several commands."""
    async with asyncio.timeout(WITHIN_S):
        return list(await asyncio.gather(*outcomes))


@asynccontextmanager
async def held(room: Room) -> AsyncIterator[Transaction]:
    """The session is locked by somebody else, who commits at the end of the block."""
    async with room.site.context.transaction(Origin("test")) as tx:
        await tx.lock(room.session_id)
        yield tx


def codes(outcomes: Iterable[Outcome]) -> list[str]:
    """`said`, or why not, of each."""
    return ["said" if one.refusal is None else one.refusal.code for one in outcomes]


def texts(outcomes: Iterable[Outcome]) -> list[str]:
    """What was said, by those who were not refused."""
    return [one.answer["data"]["text"] for one in outcomes if one.answer is not None]

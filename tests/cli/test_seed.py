"""`convene seed`: a site to look at, that agrees with itself."""

import asyncio
from collections import Counter
from uuid import UUID

import pytest
from sqlmodel import col, select

from models.clock import SystemClock
from models.database import Database
from models.identity.system_roles import LECTURER, TENANT_ADMIN
from models.identity.tables import RoleAssignment, RoleDefinition, User
from models.log.catalogue import apply
from models.log.loading import load_snapshot
from models.log.resume import read_log
from models.log.state import RoomState
from models.rooms.tables import Participant, ParticipantStatus
from models.sessions.kinds import SessionKind, SessionStatus
from models.sessions.tables import Session
from models.settings import Settings
from models.tables import DEFAULT_TENANT
from server.seed.people import PASSWORD, PEOPLE
from tests.cli.program import Site

EXPECTED = Counter(
    {
        (SessionKind.CLASS, SessionStatus.ACTIVE): 1,
        (SessionKind.CLASS, SessionStatus.DRAFT): 1,
        (SessionKind.CLASS, SessionStatus.ENDED): 2,
        (SessionKind.CLASS, SessionStatus.SCHEDULED): 1,
        (SessionKind.CODING, SessionStatus.ACTIVE): 1,
        (SessionKind.CODING, SessionStatus.DRAFT): 1,
        (SessionKind.CODING, SessionStatus.ENDED): 1,
        (SessionKind.CODING, SessionStatus.SCHEDULED): 1,
        (SessionKind.CONSULTATION, SessionStatus.ACTIVE): 1,
        (SessionKind.CONSULTATION, SessionStatus.ENDED): 1,
        (SessionKind.CONSULTATION, SessionStatus.SCHEDULED): 1,
        (SessionKind.LECTURE, SessionStatus.CANCELLED): 1,
        (SessionKind.LECTURE, SessionStatus.DRAFT): 1,
        (SessionKind.LECTURE, SessionStatus.ENDED): 1,
        (SessionKind.LECTURE, SessionStatus.PAUSED): 1,
        (SessionKind.LECTURE, SessionStatus.SCHEDULED): 1,
        (SessionKind.MEETING, SessionStatus.ACTIVE): 1,
        (SessionKind.MEETING, SessionStatus.CANCELLED): 2,
        (SessionKind.MEETING, SessionStatus.ENDED): 1,
        (SessionKind.MEETING, SessionStatus.SCHEDULED): 1,
    }
)


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A seeded site, to be looked at only."""
    folder = tmp_path_factory.mktemp("seeded")
    site = Site(folder, {"CONVENE_DATA_DIR": str(folder / "data")})
    seed(site)
    return site


def seed(site: Site) -> None:
    ended = site.run("seed")
    assert ended.code == 0, ended.err
    assert ended.err == ""
    assert ended.out.startswith("12 people, 22 sessions, ")
    assert PASSWORD in ended.out


def database_of(site: Site) -> Database:
    url = site.variables.get("CONVENE_DATABASE_URL")
    folder = site.folder / "data"
    return Database(Settings(database_url=url, data_dir=folder).database)


def test_every_kind_and_every_state_is_there(seeded: Site) -> None:
    sessions = asyncio.run(load_sessions(seeded))
    assert Counter((one.kind, one.status) for one in sessions) == EXPECTED
    assert sum(one.deleted_at is not None for one in sessions) == 1
    assert {one.kind for one in sessions} == set(SessionKind)
    assert {one.status for one in sessions} == set(SessionStatus)
    now = SystemClock().now()
    for one in sessions:
        assert one.created_at <= now
        assert one.title
        if one.status is SessionStatus.ENDED:
            assert one.started_at is not None
            assert one.ended_at is not None
            assert one.started_at < one.ended_at < now


async def load_sessions(site: Site) -> list[Session]:
    database = database_of(site)
    async with database.read() as db:
        found = list((await db.exec(select(Session))).all())
    await database.close()
    return found


async def test_every_log_leads_to_the_state_of_its_room(seeded: Site) -> None:
    database = database_of(seeded)
    async with database.read() as db:
        for session_id in (await db.exec(select(Session.id))).all():
            now = await load_snapshot(db, session_id, "hosts")
            events = await read_log(db, session_id, 0, now.seq)
            assert [event.seq for event in events] == list(range(1, now.seq + 1))
            folded = now.state.model_copy(
                update={
                    "present": 0,
                    "participants": {},
                    "waiting": {},
                    "messages": [],
                    "polls": {},
                    "recording": None,
                }
            )
            for event in events:
                folded = apply(folded, event.type, event.at, event.as_dict()["data"])
            assert comparable(folded) == comparable(now.state), session_id
    await database.close()


def comparable(state: RoomState) -> dict[str, object]:
    shown = state.model_dump(mode="json")
    shown["participants"] = dict(sorted(shown["participants"].items()))
    shown["waiting"] = dict(sorted(shown["waiting"].items()))
    return shown


async def test_people_wait_and_people_were_sent_out(seeded: Site) -> None:
    database = database_of(seeded)
    async with database.read() as db:
        statuses = Counter((await db.exec(select(Participant.status))).all())
        held = select(RoleDefinition.key).join(
            RoleAssignment, col(RoleAssignment.role_id) == RoleDefinition.id
        )
        roles = Counter((await db.exec(held)).all())
    await database.close()
    assert statuses[ParticipantStatus.PENDING] == 7
    assert statuses[ParticipantStatus.REMOVED] == 2
    assert statuses[ParticipantStatus.DECLINED] == 1
    assert roles == {TENANT_ADMIN: 1, LECTURER: len(PEOPLE)}


def test_it_does_not_run_twice_unless_asked(site_on_either: Site) -> None:
    assert site_on_either.run("migrate").code == 0
    seed(site_on_either)
    assert Counter((one.kind, one.status) for one in asyncio.run(load_sessions(site_on_either))) == EXPECTED
    ended = site_on_either.run("seed")
    assert ended.code == 1
    assert (
        ended.err
        == "convene: The demo is here already. To play its sessions once more: convene seed --again\n"
    )
    again = site_on_either.run("seed", "--again")
    assert again.code == 0, again.err
    assert len(asyncio.run(load_sessions(site_on_either))) == 2 * EXPECTED.total()


def test_it_leaves_a_site_with_people_alone_unless_forced(site: Site) -> None:
    assert site.run("migrate").code == 0
    asyncio.run(add_stranger(site))
    ended = site.run("seed")
    assert ended.code == 1
    assert "This site has accounts of its own (1)." in ended.err
    assert asyncio.run(load_sessions(site)) == []
    assert site.run("seed", "--force").code == 0


async def add_stranger(site: Site) -> UUID:
    now = SystemClock().now()
    user = User(
        tenant_id=DEFAULT_TENANT,
        email="somebody@example.org",
        username="somebody",
        display_name="Somebody",
        password_hash="x",
        created_at=now,
        updated_at=now,
    )
    database = database_of(site)
    async with database.write() as db:
        db.add(user)
    await database.close()
    return user.id


def test_registration_may_be_closed(site: Site) -> None:
    closed = site.configured(CONVENE_REGISTRATION="closed")
    seed(closed)

"""Who is given a place by somebody else counts against the hour of the session, by whichever way they come in."""

from collections.abc import AsyncIterator, Iterator
from uuid import UUID

import httpx
import pytest
from sqlmodel import col, func, select

from models.audit.tables import DONE, AuditEntry
from models.identity.system_roles import LECTURER, STUDENT, SUPER_ADMIN
from models.log.tables import SessionEvent
from models.rooms.tables import Participant
from tests.realtime.fixtures import open_house
from tests.realtime.house import House, Person
from tests.realtime.site import Site, serving
from tests.tenants.neighbours import Neighbours, add_neighbours, add_person

NEW = {"title": "Algebra", "kind": "meeting", "status": "scheduled"}


@pytest.fixture(scope="module")
def limited_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("enrolments")
    with serving(f"sqlite:///{folder / 'convene.db'}", hourly_limits="on") as site:
        yield site


@pytest.fixture
async def limited(limited_site: Site) -> AsyncIterator[House]:
    async with open_house(limited_site) as house:
        yield house


async def school(house: House, **limits: int) -> Neighbours:
    """A tenant of its own whose limits are set before anybody there asks for anything."""
    there = await add_neighbours(house, LECTURER)
    chief = await house.account("Sue", SUPER_ADMIN)
    changed = await house.request("PATCH", f"/tenants/{there.tenant_id}", {"limits": limits}, chief)
    assert changed.json()["data"]["limits"].items() >= limits.items()
    return there


async def enrol(house: House, there: Neighbours, session_id: str, who: Person) -> httpx.Response:
    body = {"user_id": str(who.user_id)}
    return await house.request("POST", f"/sessions/{session_id}/participants", body, there.person)


async def co_host(house: House, there: Neighbours, session_id: str, who: Person) -> httpx.Response:
    path, bearer = f"/api/meetings/{session_id}/co-hosts", {"Authorization": f"Bearer {there.person.token}"}
    return await house.http.post(path, json={"user_id": str(who.user_id)}, headers=bearer)


async def stored(house: House, session_id: str) -> tuple[int, int, int]:
    """How many participants, events and audit rows there are of a session."""
    async with house.context.database.read() as db:
        counts = [
            await db.scalar(
                select(func.count()).select_from(table).where(col(table.session_id) == UUID(session_id))
            )
            for table in (Participant, SessionEvent)
        ]
        done = (AuditEntry.session_id == UUID(session_id), AuditEntry.outcome == DONE)
        acts = await db.scalar(select(func.count()).select_from(AuditEntry).where(*done))
        return counts[0] or 0, counts[1] or 0, acts or 0


def assert_spent(answer: httpx.Response, per_hour: int) -> None:
    assert (answer.status_code, answer.json()["errorCode"]) == (429, "RATE_LIMITED"), answer.text
    assert answer.headers["RateLimit-Limit"] == str(per_hour)
    assert answer.headers["RateLimit-Remaining"] == "0"
    assert answer.headers["RateLimit-Policy"] == f"{per_hour};w=3600"
    assert 1 <= int(answer.headers["Retry-After"]) <= 3_600
    assert answer.headers["RateLimit-Reset"] == answer.headers["Retry-After"]
    assert answer.json()["details"]["per_hour"] == per_hour


async def test_one_enrolment_too_many_is_refused_and_nothing_of_it_stored(limited: House) -> None:
    there = await school(limited, enrolments_per_hour=2)
    session = await limited.post("/sessions", NEW, there.person)
    pupils = [await add_person(limited, there.tenant_id, STUDENT, f"Pupil {n}") for n in range(3)]
    for pupil in pupils[:2]:
        assert (await enrol(limited, there, session["id"], pupil)).status_code == 201
    before = await stored(limited, session["id"])
    assert_spent(await enrol(limited, there, session["id"], pupils[2]), 2)
    assert await stored(limited, session["id"]) == before
    another = await limited.post("/sessions", NEW, there.person)
    assert (await enrol(limited, there, another["id"], pupils[2])).status_code == 201


async def test_who_becomes_a_co_host_unseen_is_enrolled_as_well(limited: House) -> None:
    there = await school(limited, enrolments_per_hour=2)
    session = await limited.post("/sessions", NEW, there.person)
    pupils = [await add_person(limited, there.tenant_id, STUDENT, f"Pupil {n}") for n in range(3)]
    assert (await enrol(limited, there, session["id"], pupils[0])).status_code == 201
    assert (await co_host(limited, there, session["id"], pupils[1])).status_code == 201
    before = await stored(limited, session["id"])
    assert_spent(await co_host(limited, there, session["id"], pupils[2]), 2)
    assert await stored(limited, session["id"]) == before
    # Who has a place already is given a role, which is no enrolment.
    assert (await co_host(limited, there, session["id"], pupils[0])).status_code == 201


async def test_what_is_refused_for_another_reason_does_not_count(limited: House) -> None:
    there = await school(limited, enrolments_per_hour=2)
    session = await limited.post("/sessions", NEW, there.person)
    first, second = [await add_person(limited, there.tenant_id, STUDENT, name) for name in ("Ann", "Ben")]
    assert (await enrol(limited, there, session["id"], first)).status_code == 201
    for _ in range(3):
        assert (await enrol(limited, there, session["id"], first)).status_code == 409
    assert (await enrol(limited, there, session["id"], second)).status_code == 201


async def test_the_sessions_of_a_person_are_counted_as_the_tenant_says(limited: House) -> None:
    there = await school(limited, sessions_per_hour=1)
    await limited.post("/sessions", NEW, there.person)
    assert_spent(await limited.request("POST", "/sessions", NEW, there.person), 1)
    mine = await limited.get("/sessions", there.person)
    assert mine.json()["pagination"]["total"] == 1

"""Sessions over REST: set up, found, changed, run, ended, deleted and brought back."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import func, select

from models.identity.system_roles import TENANT_ADMIN
from models.log.tables import SessionEvent
from models.sessions.tables import Session
from tests.identity.people import code_of
from tests.realtime.house import House, Person, Room


async def create(house: House, person: Person, **fields: Any) -> dict[str, Any]:
    """A session as the answer shows it."""
    return await house.post("/sessions", {"title": "Algebra", **fields}, person)


async def act(house: House, room: Room, verb: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """What the owner does, which succeeds."""
    return await house.post(f"/sessions/{room.id}/{verb}", body, room.owner)


async def test_a_session_begins_as_its_kind_says(any_house: House) -> None:
    person = await any_house.account("Ada")
    made = await create(any_house, person, kind="class", tags=["maths", "maths", "year 9"])
    assert made["status"] == "draft"
    assert made["settings"]["requires_approval"] is True
    assert made["max_participants"] == 60
    assert made["tags"] == ["maths", "year 9"]
    assert (made["my_role"], made["owner_name"]) == ("host", "Ada")
    assert len(made["code"]) == 6
    shown = await any_house.get(f"/sessions/{made['id']}", person)
    assert shown.json()["data"] == made


async def test_what_differs_from_the_kind_is_said_when_creating(house: House) -> None:
    made = await create(
        house, await house.account(), kind="class", requires_approval=False, settings={"allow_chat": False}
    )
    assert made["settings"]["requires_approval"] is False
    assert made["settings"]["allow_chat"] is False
    assert made["settings"]["mute_on_entry"] is True


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": "A"}, "title"),
        ({"title": "x" * 256}, "title"),
        ({"kind": "party"}, "kind"),
        ({"status": "active"}, "status"),
        ({"start_time": "2030-01-01T10:00:00"}, "start_time"),
        ({"start_time": "2030-01-01T10:00:00Z", "end_time": "2030-01-01T09:00:00Z"}, "end_time"),
        ({"end_time": "2001-01-01T09:00:00Z"}, "end_time"),
        ({"max_participants": 0}, "max_participants"),
        ({"max_participants": 10_001}, "max_participants"),
        ({"original_language": "english!"}, "original_language"),
        ({"tags": ["x" * 41]}, "tags.0"),
        ({"settings": {"opens_minutes_before": -1}}, "settings.opens_minutes_before"),
    ],
)
async def test_what_is_set_up_is_checked(house: House, fields: dict[str, Any], field: str) -> None:
    answer = await house.request("POST", "/sessions", {"title": "Algebra", **fields}, await house.account())
    assert code_of(answer) == (400, "VALIDATION_ERROR")
    assert answer.json()["details"]["field"] == field


async def test_a_rehearsal_says_what_would_be_and_stores_nothing(any_house: House) -> None:
    person = await any_house.account()
    answer = await any_house.request("POST", "/sessions?dry_run=true", {"title": "Algebra"}, person)
    assert (answer.status_code, answer.json()["data"]["title"]) == (200, "Algebra")
    wrong = await any_house.request("POST", "/sessions?dry_run=true", {"title": ""}, person)
    assert code_of(wrong) == (400, "VALIDATION_ERROR")
    async with any_house.context.database.read() as db:
        assert (await db.exec(select(func.count()).where(Session.owner_id == person.user_id))).one() == 0


async def test_the_course_of_a_session(any_house: House) -> None:
    room = await any_house.room(await any_house.account(), status="draft")
    scheduled = await act(any_house, room, "schedule", {"start_time": "2030-01-01T10:00:00Z"})
    assert (scheduled["status"], scheduled["start_time"]) == ("scheduled", "2030-01-01T10:00:00.000Z")
    started = await act(any_house, room, "start")
    assert (started["status"], started["started_at"] is not None) == ("active", True)
    assert (await act(any_house, room, "lock"))["is_locked"] is True
    assert (await act(any_house, room, "unlock"))["is_locked"] is False
    assert (await act(any_house, room, "pause"))["status"] == "paused"
    assert (await act(any_house, room, "resume"))["status"] == "active"
    ended = await act(any_house, room, "end")
    assert (ended["status"], ended["ended_at"] is not None) == ("ended", True)
    log = await any_house.assert_gapless(room)
    assert [event.type.partition(":")[2] for event in log] == [
        "created",
        "scheduled",
        "started",
        "locked",
        "unlocked",
        "paused",
        "resumed",
        "ended",
    ]


async def test_calling_off_says_why(house: House) -> None:
    room = await house.room(await house.account())
    silent = await house.request("POST", f"/sessions/{room.id}/cancel", {}, room.owner)
    assert silent.json()["details"]["errors"] == [{"field": "reason", "reason": "is required"}]
    cancelled = await act(house, room, "cancel", {"reason": "The speaker is ill."})
    assert (cancelled["status"], cancelled["cancel_reason"]) == ("cancelled", "The speaker is ill.")


_TO = {
    "draft": [],
    "scheduled": ["schedule"],
    "active": ["schedule", "start"],
    "paused": ["schedule", "start", "pause"],
    "ended": ["schedule", "start", "end"],
    "cancelled": ["cancel"],
}
_ALLOWED = {
    "draft": {"schedule", "cancel"},
    "scheduled": {"start", "cancel"},
    "active": {"pause", "end", "cancel"},
    "paused": {"resume", "cancel"},
    "ended": set(),
    "cancelled": set(),
}
VERBS = ("schedule", "start", "pause", "resume", "end", "cancel")


@pytest.mark.parametrize("state", _TO)
@pytest.mark.parametrize("verb", VERBS)
async def test_only_these_transitions(house: House, state: str, verb: str) -> None:
    room = await house.room(await house.account(), status="draft")
    body = {"reason": "So it is."}
    for step in _TO[state]:
        await act(house, room, step, body if step == "cancel" else None)
    asked = body if verb == "cancel" else {}
    answer = await house.request("POST", f"/sessions/{room.id}/{verb}", asked, room.owner)
    if verb in _ALLOWED[state]:
        assert answer.status_code == 200
    else:
        assert code_of(answer) == (409, "INVALID_TRANSITION")
        assert answer.json()["details"]["status"] == state


async def test_changing_what_was_set_up(any_house: House) -> None:
    room = await any_house.room(await any_house.account(), tags=["old"])
    path = f"/sessions/{room.id}"
    changes = {"title": "Geometry", "tags": ["new"], "settings": {"allow_chat": False}}
    changed = (await any_house.request("PATCH", path, changes, room.owner)).json()["data"]
    assert (changed["title"], changed["tags"], changed["settings"]["allow_chat"]) == (
        "Geometry",
        ["new"],
        False,
    )
    again = await any_house.request("PATCH", path, changes, room.owner)
    assert again.status_code == 200
    log = await any_house.assert_gapless(room)
    assert [event.type for event in log] == ["session:created", "session:updated"]
    backwards = {"start_time": "2030-01-01T10:00:00Z", "end_time": "2029-01-01T10:00:00Z"}
    refused = await any_house.request("PATCH", path, backwards, room.owner)
    assert refused.json()["details"]["field"] == "end_time"


async def test_what_somebody_else_has_changed_meanwhile_is_not_overwritten(any_house: House) -> None:
    room = await any_house.room(await any_house.account())
    path = f"/sessions/{room.id}"
    seen = (await any_house.get(path, room.owner)).json()["data"]["updated_at"]
    first = {"title": "Geometry", "unchanged_since": seen}
    changed = (await any_house.request("PATCH", path, first, room.owner)).json()["data"]
    late = {"title": "Calculus", "unchanged_since": seen}
    assert code_of(await any_house.request("PATCH", path, late, room.owner)) == (409, "SESSION_CHANGED")
    again = {"title": "Calculus", "unchanged_since": changed["updated_at"]}
    assert (await any_house.request("PATCH", path, again, room.owner)).json()["data"]["title"] == "Calculus"


async def test_deleted_and_brought_back(any_house: House) -> None:
    room = await any_house.room(await any_house.account())
    path = f"/sessions/{room.id}"
    gone = await any_house.request("DELETE", path, None, room.owner)
    assert (gone.status_code, gone.content) == (204, b"")
    for method, url in (("GET", path), ("POST", f"{path}/start"), ("POST", f"{path}/join"), ("DELETE", path)):
        assert code_of(await any_house.request(method, url, None, room.owner)) == (404, "SESSION_NOT_FOUND")
    listed = (await any_house.get("/sessions?deleted=true", room.owner)).json()["data"]
    assert [one["id"] for one in listed] == [str(room.id)]
    back = await act(any_house, room, "restore")
    assert back["deleted_at"] is None
    assert (await any_house.get(path, room.owner)).status_code == 200
    again = await any_house.request("POST", f"{path}/restore", {}, room.owner)
    assert code_of(again) == (404, "SESSION_NOT_FOUND")
    assert [event.type for event in await any_house.assert_gapless(room)] == [
        "session:created",
        "session:deleted",
        "session:restored",
    ]


async def test_what_runs_is_not_deleted(house: House) -> None:
    room = await house.room(await house.account())
    await act(house, room, "start")
    refused = await house.request("DELETE", f"/sessions/{room.id}", None, room.owner)
    assert code_of(refused) == (409, "INVALID_TRANSITION")


async def test_to_strangers_a_session_does_not_exist(house: House) -> None:
    room = await house.room(await house.account())
    stranger = await house.account("Eve")
    path = f"/sessions/{room.id}"
    for method, url in (
        ("GET", path),
        ("PATCH", path),
        ("DELETE", path),
        ("POST", f"{path}/start"),
        ("POST", f"{path}/restore"),
        ("GET", f"{path}/state"),
        ("GET", f"{path}/audit"),
    ):
        answer = await house.request(method, url, {} if method in ("PATCH", "POST") else None, stranger)
        assert code_of(answer) == (404, "SESSION_NOT_FOUND"), url


async def test_an_administrator_sees_and_runs_every_session(house: House) -> None:
    room = await house.room(await house.account(), title="A title like no other")
    admin = await house.account("Root", TENANT_ADMIN)
    found = (await house.get("/sessions?q=like no other", admin)).json()["data"]
    assert str(room.id) in [one["id"] for one in found]
    started = await house.post(f"/sessions/{room.id}/start", None, admin)
    assert (started["status"], started["my_role"]) == ("active", None)
    log: list[SessionEvent] = await house.assert_gapless(room)
    assert log[-1].actor_id == admin.user_id


async def listed(house: House, person: Person, query: str) -> list[str]:
    answer = await house.get(f"/sessions?{query}", person)
    assert answer.status_code == 200, answer.text
    return [one["title"] for one in answer.json()["data"]]


async def test_finding_sessions(any_house: House) -> None:
    person = await any_house.account()
    algebra = await any_house.room(person, title="Algebra 100%", kind="class", tags=["maths"])
    await any_house.room(
        person, title="Geometry", start_time="2030-05-01T10:00:00Z", description="no algebra"
    )
    await any_house.room(await any_house.account("Bob"), title="Algebra of somebody else")
    await act(any_house, algebra, "start")
    assert await listed(any_house, person, "sortBy=title&sortOrder=asc") == ["Algebra 100%", "Geometry"]
    assert await listed(any_house, person, "sortBy=title&sortOrder=desc") == ["Geometry", "Algebra 100%"]
    assert await listed(any_house, person, "q=ALGEBRA&sortBy=title&sortOrder=asc") == [
        "Algebra 100%",
        "Geometry",
    ]
    assert await listed(any_house, person, "q=100%25") == ["Algebra 100%"]
    assert await listed(any_house, person, "q=1__%25") == []
    assert await listed(any_house, person, f"q={algebra.code.lower()}") == ["Algebra 100%"]
    assert await listed(any_house, person, "kind=class") == ["Algebra 100%"]
    assert await listed(any_house, person, "status=scheduled") == ["Geometry"]
    assert await listed(any_house, person, "active=true") == ["Algebra 100%"]
    assert await listed(any_house, person, "active=false") == ["Geometry"]
    assert await listed(any_house, person, "tag=maths") == ["Algebra 100%"]
    assert await listed(any_house, person, "from=2030-05-01T10:00:00Z") == ["Geometry"]
    assert await listed(any_house, person, "to=2030-05-01T10:00:00Z") == []
    assert await listed(any_house, person, f"owner_id={UUID(int=1)}") == []


async def test_a_member_finds_the_sessions_they_were_let_into(house: House) -> None:
    owner, member = await house.account("Ada"), await house.account("Mia")
    open_room = await house.room(owner, title="Open")
    closed = await house.room(owner, title="Closed", requires_approval=True)
    for room in (open_room, closed):
        await act(house, room, "start")
        await house.post(f"/sessions/{room.id}/join", None, member)
    assert await listed(house, member, "") == ["Open"]


async def test_a_preview_says_what_a_code_leads_to(any_house: House) -> None:
    room = await any_house.room(await any_house.account("Ada"), requires_approval=True)
    typed = f"{room.code[:3].lower()} - {room.code[3:]}"
    found = (await any_house.get(f"/sessions/preview?code={typed}")).json()["data"]
    assert found["is_valid"] is True
    assert (found["session"]["id"], found["session"]["host_name"]) == (str(room.id), "Ada")
    assert found["can_join"] is True
    assert [issue["code"] for issue in found["warnings"]] == ["NOT_STARTED", "APPROVAL_REQUIRED"]
    assert "settings" not in found["session"]


async def test_a_preview_says_when_the_doors_open_and_why_it_is_off(house: House) -> None:
    start = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=2)
    room = await house.room(await house.account(), kind="lecture", start_time=start)
    found = (await house.get(f"/sessions/preview?code={room.code}")).json()["data"]
    assert datetime.fromisoformat(found["session"]["opens_at"]) == start - timedelta(minutes=30)
    assert found["session"]["cancel_reason"] is None
    await act(house, room, "cancel", {"reason": "The hall is flooded."})
    found = (await house.get(f"/sessions/preview?code={room.code}")).json()["data"]
    assert found["session"]["cancel_reason"] == "The hall is flooded."


@pytest.mark.parametrize(
    ("code", "issue"),
    [("K7M", "INVALID_SESSION_CODE"), ("", "INVALID_SESSION_CODE"), ("K7MPQO", "INVALID_SESSION_CODE")],
)
async def test_a_preview_of_what_is_not_typed_to_the_end(house: House, code: str, issue: str) -> None:
    answer = await house.get(f"/sessions/preview?code={code}")
    assert answer.status_code == 200
    found = answer.json()["data"]
    assert (found["is_valid"], found["session"], found["can_join"]) == (False, None, False)
    assert [one["code"] for one in found["errors"]] == [issue]


async def test_a_preview_says_why_not(house: House) -> None:
    room = await house.room(await house.account())
    await act(house, room, "lock")
    found = (await house.get(f"/sessions/preview?code={room.code}")).json()["data"]
    assert (found["is_valid"], found["can_join"]) == (True, False)
    assert [one["code"] for one in found["errors"]] == ["SESSION_LOCKED"]
    assert found["join_restrictions"][0] == "A host has locked this session."


async def test_the_kinds_are_public(house: House) -> None:
    kinds = (await house.get("/session-kinds")).json()["data"]
    assert {one["kind"] for one in kinds} == {"meeting", "class", "lecture", "coding", "consultation"}
    assert next(one for one in kinds if one["kind"] == "consultation")["max_participants"] == 4

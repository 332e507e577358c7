"""What the trail says, over REST: who, what, upon what, before and after, and what was refused."""

import csv
import io
import json
from typing import Any

import httpx
from sqlmodel import col, func, select

from models.audit.exporting import COLUMNS
from models.audit.refusals import ROWS_OF_STRANGERS, ROWS_PER_WHO
from models.audit.tables import DONE, AuditEntry
from models.audit.who import ActorKind
from models.identity.system_roles import TENANT_ADMIN
from models.ids import new_id
from tests.audit.trail import until_noted
from tests.identity.keys import make_key
from tests.identity.people import PASSWORD, bearer, code_of, newcomer, register
from tests.realtime.house import House, Person

AGENT = "Nightly/1.0 (+https://example.org)"


async def trail(house: House, admin: Person, **query: Any) -> list[dict[str, Any]]:
    answer = await house.http.get("/api/v1/audit", params=query, headers=bearer(admin.token))
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["data"]["entries"]
    return found


async def test_a_change_says_who_what_and_before_and_after(any_house: House) -> None:
    admin = await any_house.account("Root", TENANT_ADMIN)
    room = await any_house.room(await any_house.account("Olga"))
    headers = {**bearer(room.owner.token), "User-Agent": AGENT, "X-Request-Id": f"change-{room.code}"}
    body = {"title": "Geometry", "max_participants": 7, "description": "Bring a ruler."}
    await any_house.http.patch(f"/api/v1/sessions/{room.id}", json=body, headers=headers)
    (entry,) = await trail(any_house, admin, session_id=str(room.id), action="session:updated")
    assert entry["actor"] == {"kind": "user", "id": str(room.owner.user_id), "name": "Olga"}
    assert (entry["target_kind"], entry["outcome"], entry["agent"]) == ("session", "ok", AGENT)
    assert (entry["address"], entry["request_id"]) == ("127.0.0.1", f"change-{room.code}")
    assert entry["before"]["title"] == "Algebra"
    assert entry["after"] == {"title": "Geometry", "max_participants": 7, "description": "[hidden]"}
    assert "ruler" not in str(entry)


async def test_what_a_socket_does_says_the_same(any_house: House) -> None:
    admin = await any_house.account("Root", TENANT_ADMIN)
    room, host = await any_house.live("Hana")
    _, participant_id = await any_house.member(room, "Mia")
    await host.ok("participant:set_role", room.id, participant_id=str(participant_id), role="presenter")
    (entry,) = await trail(any_house, admin, session_id=str(room.id), action="participant:role_changed")
    assert entry["actor"] == {"kind": "user", "id": str(room.owner.user_id), "name": "Hana"}
    assert (entry["target_kind"], entry["target_id"]) == ("participant", str(participant_id))
    assert (entry["before"], entry["after"]) == ({"role": "attendee"}, {"role": "presenter"})
    assert entry["agent"]


async def test_a_guest_is_a_guest_and_a_job_a_job(any_house: House) -> None:
    room, _ = await any_house.live()
    guest = await any_house.guest(room, "Gus")
    here = AuditEntry.session_id == room.id
    (joined,) = await until_noted(any_house.context, here, AuditEntry.participant_id == guest.participant_id)
    assert (joined.actor_kind, joined.actor_id, joined.actor_name) == (
        ActorKind.GUEST,
        guest.participant_id,
        "Gus",
    )
    assert joined.user_id is None


async def test_refused_sign_ins_are_noted_with_whom_they_were_aimed_at(any_house: House) -> None:
    user = (await register(any_house.http))["user"]
    body = {"email": user["email"], "password": "wrong horse battery"}
    for _ in range(3):
        answer = await any_house.http.post("/api/v1/auth/login", json=body)
        assert code_of(answer) == (401, "INVALID_CREDENTIALS")
    rows = await until_noted(
        any_house.context,
        AuditEntry.action == "account:login_failed",
        col(AuditEntry.target_id).is_not(None),
        AuditEntry.outcome == "INVALID_CREDENTIALS",
    )
    (row,) = [one for one in rows if str(one.target_id) == user["id"]]
    assert (row.actor_kind, row.actor_id, row.address) == (ActorKind.STRANGER, None, "127.0.0.1")
    assert PASSWORD not in str(row.model_dump())


async def test_what_is_refused_over_rest_and_sockets_is_noted(any_house: House) -> None:
    admin = await any_house.account("Root", TENANT_ADMIN)
    room, _ = await any_house.live()
    mallory = await any_house.account("Mallory")
    assert code_of(await any_house.get(f"/sessions/{room.id}/audit", mallory)) == (404, "SESSION_NOT_FOUND")
    assert code_of(await any_house.get("/audit", mallory)) == (403, "FORBIDDEN")
    client = await any_house.client(mallory)
    await client.refused("participant:mute", "SESSION_NOT_FOUND", room.id, participant_id=str(new_id()))
    await client.refused("chat:send", "SESSION_NOT_FOUND", room.id, text="Hello?")
    await until_noted(any_house.context, AuditEntry.user_id == mallory.user_id, count=4)
    found = await trail(any_house, admin, who=str(mallory.user_id), outcome="refused")
    assert {(one["action"], one["outcome"]) for one in found} == {
        ("list_audit", "SESSION_NOT_FOUND"),
        ("search_audit", "FORBIDDEN"),
        ("participant:mute", "SESSION_NOT_FOUND"),
        ("chat:send", "SESSION_NOT_FOUND"),
    }
    assert {one["actor"]["name"] for one in found} == {"Mallory"}
    assert {one["session_id"] for one in found} == {str(room.id), None}
    assert "Hello" not in str(found)


async def test_what_a_program_does_and_tries_is_noted_as_its_keys(any_house: House) -> None:
    room, _ = await any_house.live()
    ada = await any_house.account("Ada")
    key = await make_key(any_house, ada, "session:view", "session:join")
    client = await any_house.client(key)
    await client.join(room.id)
    await client.refused("chat:send", "FORBIDDEN", room.id, text="Hello")
    noted = await until_noted(
        any_house.context, AuditEntry.actor_id == key.sign_in_id, AuditEntry.session_id == room.id, count=2
    )
    assert {(one.action, one.outcome) for one in noted} == {
        ("participant:joined", "ok"),
        ("chat:send", "FORBIDDEN"),
    }
    assert {one.actor_kind for one in noted} == {ActorKind.API_KEY}
    assert {one.user_id for one in noted} == {ada.user_id}


async def test_who_tries_without_end_does_not_fill_the_disk(house: House) -> None:
    mallory = await house.account("Mallory")
    for _ in range(300):
        await house.get(f"/sessions/{new_id()}", mallory)
    await until_noted(house.context, AuditEntry.user_id == mallory.user_id, count=ROWS_PER_WHO)
    async with house.context.database.read() as db:
        query = select(func.count()).where(AuditEntry.user_id == mallory.user_id)
        assert (await db.exec(query)).one() == ROWS_PER_WHO
    assert ROWS_PER_WHO < ROWS_OF_STRANGERS


async def test_a_text_is_found_in_whichever_column_and_letters(any_house: House) -> None:
    admin = await any_house.account("Root", TENANT_ADMIN)
    zed = await any_house.account("Zed")
    for _ in range(5):
        await any_house.room(zed)
    for text in ("Session:CREATED", "SESSION:", "Ok"):
        assert len(await trail(any_house, admin, who=str(zed.user_id), q=text)) == 5, text
    refused = await any_house.get("/users", zed)
    await until_noted(any_house.context, AuditEntry.user_id == zed.user_id, AuditEntry.outcome != DONE)
    for text in ("forbidden", "Forbid", refused.headers["X-Request-Id"].upper()):
        assert [one["outcome"] for one in await trail(any_house, admin, q=text, who=str(zed.user_id))] == [
            "FORBIDDEN"
        ], text
    assert await trail(any_house, admin, q="okay", who=str(zed.user_id)) == []


async def test_searching_filtering_and_paging(any_house: House) -> None:
    admin = await any_house.account("Root", TENANT_ADMIN)
    name = f"Zed {new_id().hex[-12:]}"
    zed = await any_house.account(name)
    rooms = [await any_house.room(zed) for _ in range(5)]
    found = await trail(any_house, admin, q=name.upper())
    assert [one["session_id"] for one in found] == [str(room.id) for room in reversed(rooms)]
    assert await trail(any_house, admin, q=name, action="participant:") == []
    assert len(await trail(any_house, admin, who=str(zed.user_id), action="session:")) == 5
    assert len(await trail(any_house, admin, who=str(zed.user_id), actor_kind="user", outcome="ok")) == 5
    assert await trail(any_house, admin, who=str(zed.user_id), until=found[-1]["at"]) == []
    assert len(await trail(any_house, admin, who=str(zed.user_id), **{"from": found[1]["at"]})) == 2
    assert await trail(any_house, admin, q="100%_") == []

    pages: list[list[str]] = []
    cursor: str | None = None
    while cursor is not None or not pages:
        query: dict[str, str] = {"who": str(zed.user_id), "limit": "2"}
        query |= {} if cursor is None else {"cursor": cursor}
        answer = await any_house.http.get("/api/v1/audit", params=query, headers=bearer(admin.token))
        pages.append([one["id"] for one in answer.json()["data"]["entries"]])
        cursor = answer.json()["data"]["next"]
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [one for page in pages for one in page] == [one["id"] for one in found]


async def test_a_cursor_that_is_none_and_words_that_are_none(house: House) -> None:
    admin = await house.account("Root", TENANT_ADMIN)
    for query in (
        "cursor=AAAA",
        "cursor=%00",
        "who=me",
        "actor_kind=devil",
        "limit=101",
        "from=yesterday",
        "x=1",
    ):
        answer = await house.get(f"/audit?{query}", admin)
        assert code_of(answer) == (400, "VALIDATION_ERROR"), query


async def test_it_comes_out_as_a_table_and_as_lines(any_house: House) -> None:
    admin = await any_house.account("Root", TENANT_ADMIN)
    zed = await any_house.account('=HYPERLINK("http://example.org")')
    for _ in range(3):
        await any_house.room(zed)
    path, headers = f"/api/v1/audit/export?who={zed.user_id}", bearer(admin.token)
    answer = await any_house.http.get(path, headers=headers)
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="audit.csv"'
    table = list(csv.DictReader(io.StringIO(answer.text)))
    assert tuple(table[0]) == COLUMNS
    assert [one["actor_name"] for one in table] == ['\'=HYPERLINK("http://example.org")'] * 3
    lines = await any_house.http.get(f"{path}&format=jsonl&limit=2", headers=headers)
    assert [json.loads(one)["action"] for one in lines.text.splitlines()] == ["session:created"] * 2
    rest = await any_house.http.get(
        f"{path}&format=jsonl&cursor={lines.headers['convene-next']}", headers=headers
    )
    assert len(rest.text.splitlines()) == 1
    assert "convene-next" not in rest.headers
    assert code_of(await any_house.get("/audit/export", zed)) == (403, "FORBIDDEN")


async def test_no_secret_gets_in_by_any_door(house: House) -> None:
    admin = await house.account("Root", TENANT_ADMIN)
    person = newcomer(password="a-secret-password-1")
    headers = {"User-Agent": "check"}
    answer = await house.http.post("/api/v1/auth/register", json=person, headers=headers)
    token = answer.json()["data"]["access_token"]
    own = bearer(token)
    change = {"current_password": "a-secret-password-1", "new_password": "a-secret-password-2"}
    await house.http.post("/api/v1/users/me/password", json=change, headers=own)
    await house.http.patch("/api/v1/users/me", json={"display_name": "Zoe"}, headers=own)
    async with house.context.database.read() as db:
        rows = (await db.exec(select(AuditEntry))).all()
    said = " ".join(str(row.model_dump()) for row in rows)
    assert "a-secret-password" not in said
    assert token not in said
    found = await trail(house, admin, action="account:updated", q="Zoe")
    assert [(one["before"], one["after"]) for one in found] == [
        ({"display_name": "Ada"}, {"display_name": "Zoe"})
    ]


async def test_a_token_that_is_none_of_ours_is_noted(house: House) -> None:
    async with httpx.AsyncClient(base_url=house.site.url) as http:
        answer = await http.get("/api/v1/audit", headers=bearer("not-a-token"))
    assert code_of(answer) == (401, "UNAUTHENTICATED")
    rows = await until_noted(
        house.context, AuditEntry.action == "search_audit", AuditEntry.outcome == "UNAUTHENTICATED"
    )
    assert rows[-1].actor_kind is ActorKind.STRANGER

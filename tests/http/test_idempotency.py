"""A POST sent again with its Idempotency-Key does nothing again, and is answered as before."""

import asyncio

import httpx
from sqlmodel import col, func, select

from models.log.tables import AnsweredRequest
from models.rooms.tables import Participant
from models.sessions.tables import Session
from tests.realtime.house import House, Person


async def create(house: House, person: Person, key: str, title: str = "Algebra") -> httpx.Response:
    headers = {"Authorization": f"Bearer {person.token}", "Idempotency-Key": key}
    return await house.http.post("/api/v1/sessions", json={"title": title}, headers=headers)


async def sessions_of(house: House, person: Person) -> int:
    async with house.context.database.read() as db:
        return (await db.exec(select(func.count()).where(Session.owner_id == person.user_id))).one()


async def test_the_first_answer_again(any_house: House) -> None:
    person = await any_house.account()
    first = await create(any_house, person, "key-1")
    again = await create(any_house, person, "key-1")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    assert again.headers["idempotency-replayed"] == "true"
    assert await sessions_of(any_house, person) == 1


async def test_two_at_once_make_one_change(any_house: House) -> None:
    person = await any_house.account()
    answers = await asyncio.gather(*(create(any_house, person, "key-2") for _ in range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["data"]["id"] for answer in answers}) == 1
    assert await sessions_of(any_house, person) == 1


async def test_a_key_is_good_for_one_request(any_house: House) -> None:
    person = await any_house.account()
    await create(any_house, person, "key-3")
    other = await create(any_house, person, "key-3", title="Geometry")
    assert (other.status_code, other.json()["errorCode"]) == (409, "IDEMPOTENCY_KEY_REUSED")


async def test_a_key_belongs_to_one_person(house: House) -> None:
    ada, bob = await house.account("Ada"), await house.account("Bob")
    first, second = await create(house, ada, "key-4"), await create(house, bob, "key-4")
    assert first.json()["data"]["id"] != second.json()["data"]["id"]


async def test_a_refusal_is_not_kept(house: House) -> None:
    person = await house.account()
    room = await house.room(person)
    headers = {"Authorization": f"Bearer {person.token}", "Idempotency-Key": "key-5"}
    resume, start = f"/api/v1/sessions/{room.id}/resume", f"/api/v1/sessions/{room.id}/start"
    assert (await house.http.post(resume, headers=headers)).status_code == 409
    assert (await house.http.post(start, headers=headers)).status_code == 200


async def test_a_rehearsal_leaves_the_key_free(house: House) -> None:
    person = await house.account()
    headers = {"Authorization": f"Bearer {person.token}", "Idempotency-Key": "key-6"}
    body = {"title": "Algebra"}
    dry = await house.http.post("/api/v1/sessions?dry_run=true", json=body, headers=headers)
    real = await house.http.post("/api/v1/sessions", json=body, headers=headers)
    assert (dry.status_code, real.status_code) == (200, 201)
    assert await sessions_of(house, person) == 1


async def test_a_guest_who_joins_twice_is_one_guest_and_no_token_is_kept(any_house: House) -> None:
    room = await any_house.room(await any_house.account())
    url, body = f"/api/v1/sessions/{room.id}/join", {"display_name": "Gus"}
    answers = [
        (await any_house.http.post(url, json=body, headers={"Idempotency-Key": "key-7"})).json()["data"]
        for _ in range(2)
    ]
    assert answers[0]["participant"] == answers[1]["participant"]
    state = await any_house.http.get(
        f"/api/v1/sessions/{room.id}/state", headers={"Authorization": f"Bearer {answers[1]['token']}"}
    )
    assert state.json()["errorCode"] == "PARTICIPANT_WAITING"
    async with any_house.context.database.read() as db:
        query = select(func.count()).where(
            Participant.session_id == room.id, col(Participant.user_id).is_(None)
        )
        assert (await db.exec(query)).one() == 1
        kept = (await db.exec(select(AnsweredRequest.answer).where(AnsweredRequest.key == "key-7"))).all()
    assert kept
    assert not any('"token"' in answer for answer in kept)


async def test_a_key_must_be_a_key(house: House) -> None:
    answer = await create(house, await house.account(), "k" * 256)
    assert answer.status_code == 400
    assert answer.json()["details"]["field"] == "Idempotency-Key"

"""What a host decides on one worker holds for what is under way on another; a restored log is a new one for all."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from models.ids import new_epoch
from tests.chaos.conftest import Build
from tests.chaos.crew import Crew, crew
from tests.chaos.resident import Resident
from tests.realtime.client import Json
from tests.realtime.test_resume import cut_log

HUNDRED = 100
NOTICED_WITHIN_S = 5.0


@pytest.mark.parametrize(
    ("name", "fields", "code"),
    [
        ("participant:mute", {}, "PARTICIPANT_MUTED"),
        ("participant:kick", {}, "PARTICIPANT_REMOVED"),
        ("session:end", None, "SESSION_OVER"),
    ],
)
async def test_nothing_said_on_another_worker_is_committed_after(
    build: Build, name: str, fields: Json | None, code: str
) -> None:
    async with build() as stage, crew(stage) as people:
        talker = people.at(1)[0]
        target = {} if fields is None else {"participant_id": talker.participant_id}
        acks = await race(people, talker, "chat:send", {"text": "More."}, name, target)
        decided, done = acks[0], [ack for ack in acks[1:] if ack["ok"]]
        log = await people.house.assert_gapless(people.room)
        said = [
            event.seq
            for event in log
            if event.type == "chat:sent" and str(event.actor_id) == talker.participant_id
        ]
        assert max(said) < decided["seq"]
        assert sorted(ack["data"]["seq"] for ack in done) == said
        assert {ack["error"]["errorCode"] for ack in acks[1:] if not ack["ok"]} <= {code, "NOT_JOINED"}


async def test_no_order_of_who_was_demoted_is_committed_after(build: Build) -> None:
    async with build() as stage, crew(stage) as people:
        demoted, target = people.at(1)[0], people.at(1)[1]
        role = {"participant_id": demoted.participant_id, "role": "moderator"}
        await people.host.do("participant:set_role", **role)
        acks = await race(
            people,
            demoted,
            "participant:set_language",
            {"participant_id": target.participant_id, "language": "fr"},
            "participant:set_role",
            {**role, "role": "attendee"},
        )
        log = await people.house.assert_gapless(people.room)
        orders = [event.seq for event in log if str(event.actor_id) == demoted.participant_id]
        assert all(seq < acks[0]["seq"] for seq in orders)
        refused = {ack["error"]["errorCode"] for ack in acks[1:] if not ack["ok"]}
        assert refused <= {"FORBIDDEN", "PERMISSION_DENIED"}


async def race(
    people: Crew, one: Resident, name: str, payload: Json, decision: str, target: Json
) -> list[Json]:
    """A hundred commands of somebody; when the first are done, the host decides. The decision's answer comes first."""
    socket = one.socket
    assert socket is not None

    def command(more: dict[str, Any]) -> Json:
        return {"session_id": str(people.room.id), "command_id": str(uuid4()), **more}

    first = await socket.command(name, command(payload))
    rest = [asyncio.create_task(socket.command(name, command(payload))) for _ in range(HUNDRED - 1)]
    decided = await people.host.do(decision, **target)
    assert decided["ok"], decided
    answers = await asyncio.gather(*rest, return_exceptions=True)
    return [decided, first, *(answer for answer in answers if not isinstance(answer, BaseException))]


async def test_a_restored_log_is_noticed_on_every_worker(build: Build) -> None:
    async with build() as stage, crew(stage) as people:
        await people.each_says(5)
        await people.until_current(5)
        epoch, head = new_epoch(), people.host.journal.now.last
        await cut_log(people.house, people.room, head - 6, epoch)
        for one in people.people:
            await one.until(lambda one=one: one.journal.now.epoch == epoch, NOTICED_WITHIN_S)
        await people.each_says(2)
        await people.until_current(5)
        for one in people.people:
            assert one.journal.now.since >= head - 6
            assert one.journal.now.last == head - 6 + 2 * len(people.people)

"""What must be so when everything is over, whatever happened before: everybody's log is the database's."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from models.log.event import may_hear
from models.log.logged import LoggedEvent
from models.log.state import RoomState
from models.log.tables import SessionEvent, SessionLog
from models.rooms.tables import ChatMessage, Participant
from tests.chaos.resident import Resident
from tests.chaos.stage import Stage
from tests.realtime.client import Json
from tests.realtime.house import House, Room

REPEATED = 10
"""How many of everybody's last commands are sent once more at the end."""

JOINED, LEFT = "participant:joined", "participant:left"


@dataclass(frozen=True)
class Truth:
    """A session as the database holds it at one moment."""

    log: list[SessionEvent]
    head: SessionLog
    messages: list[ChatMessage]
    present: set[str]

    def told(self, seq: int, audience: str, participant_id: str) -> Json:
        """An event as somebody must have heard it."""
        event = LoggedEvent.of(self.log[seq - 1], self.head.epoch)
        is_heard = may_hear(event.audience, audience, None) or participant_id in event.audience
        return (event if is_heard else event.heard_by("", None)).as_dict()


async def read_truth(house: House, room: Room) -> Truth:
    """Reads everything in one transaction."""
    async with house.context.database.read() as db:
        log = (
            await db.exec(
                select(SessionEvent).where(SessionEvent.session_id == room.id).order_by(col(SessionEvent.seq))
            )
        ).all()
        head = (await db.exec(select(SessionLog).where(SessionLog.session_id == room.id))).one()
        messages = (await db.exec(select(ChatMessage).where(ChatMessage.session_id == room.id))).all()
        present = await db.exec(
            select(Participant.id).where(Participant.session_id == room.id, col(Participant.is_present))
        )
        return Truth(list(log), head, list(messages), {str(one) for one in present.all()})


async def assert_all_is_well(stage: Stage, house: House, room: Room, people: Sequence[Resident]) -> Truth:
    """Everybody is in and idle: compares all that they have with all that there is. Returns what there is."""
    for one in people:
        # The roster still has those who have lost their link and are about to come back.
        await one.until(lambda one=one: one.socket is not None, 30)
        await _repeat_some(one)
    truth = await read_truth(house, room)
    _assert_log(truth)
    for one in people:
        await one.until_at(truth.head.head_seq, within_s=30)
        assert_heard(truth, one)
        assert one.journal.now.last == truth.head.head_seq
        await _assert_state(one)
        _assert_done(truth, one)
    assert truth.present == {one.participant_id for one in people}
    faults = stage_faults(stage)
    assert faults == [], faults
    return truth


def _assert_log(truth: Truth) -> None:
    assert [event.seq for event in truth.log] == list(range(1, len(truth.log) + 1))
    assert truth.head.head_seq == len(truth.log)
    said = {event.seq for event in truth.log if event.type == "chat:sent"}
    assert {message.seq for message in truth.messages} == said
    twice = [text for text, count in Counter(message.text for message in truth.messages).items() if count > 1]
    assert twice == [], "carried out twice"
    _assert_comings_and_goings(truth.log)


def _assert_comings_and_goings(log: Sequence[SessionEvent]) -> None:
    """Nobody leaves twice without having come back."""
    inside: set[str] = set()
    for event in log:
        data = LoggedEvent.of(event, "").as_dict()["data"]
        if event.type == JOINED:
            inside.add(data["participant"]["id"])
        elif event.type == LEFT:
            assert data["participant_id"] in inside, f"left twice, at {event.seq}"
            inside.discard(data["participant_id"])


def assert_heard(truth: Truth, one: Resident) -> None:
    """Everything that somebody applied is the log, piece by piece without a gap."""
    for stretch in one.journal.stretches:
        assert stretch.epoch == truth.head.epoch
        assert [event["seq"] for event in stretch.events] == list(range(stretch.since + 1, stretch.last + 1))
        for event in stretch.events:
            told = truth.told(event["seq"], stretch.state.audience, one.participant_id)
            assert event == told, f"{one.person.name} heard something else"
    broken = [heard for heard in one.heard if not heard.is_unbroken]
    assert broken == [], f"{one.person.name} heard a gap or a repetition on one socket"


async def _assert_state(one: Resident) -> None:
    """The state that was given, with the events since, is the state as it is given now."""
    socket = one.socket
    assert socket is not None
    fresh = await socket.command("session:sync", {"session_id": str(one.room.id)})
    assert fresh["ok"], fresh
    assert fresh["data"]["seq"] == one.journal.now.last
    assert RoomState.model_validate(fresh["data"]["state"]) == one.journal.now.folded()


def _assert_done(truth: Truth, one: Resident) -> None:
    """What was acknowledged stands in the log, where the answer says."""
    for done in one.done:
        assert done.ack["ok"], done
        if done.name == "chat:send":
            event = truth.told(done.ack["data"]["seq"], "everyone", one.participant_id)
            assert event["type"] == "chat:sent"
            assert event["data"]["message"]["text"] == done.payload["text"]
            assert event["actor"] == one.participant_id


async def _repeat_some(one: Resident) -> None:
    """Who asks again gets the first answer, and nothing is done."""
    for done in one.done[-REPEATED:]:
        assert await one.repeat(done.name, done.payload) == done.ack


def stage_faults(stage: Stage) -> list[Json]:
    """What the workers logged as a fault of their own."""
    return [
        line
        for worker in stage.workers
        for line in worker.site.log_since(0)
        if line["level"] in ("error", "critical") or "exception" in line or "fault" in line
    ]

"""People of every role in one room, for tests of who may do what."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from models.identity.system_roles import TENANT_ADMIN
from tests.realtime.client import Client
from tests.realtime.house import House, Room

HOST, CO_HOST, MODERATOR, PRESENTER, ATTENDEE = "host", "co_host", "moderator", "presenter", "attendee"
INSTRUCTOR, LEARNER, OBSERVER = "instructor", "learner", "observer"
WAITING, STRANGER, ADMIN = "waiting", "stranger", "admin"
IN_ROOM = (HOST, CO_HOST, INSTRUCTOR, MODERATOR, PRESENTER, ATTENDEE, LEARNER, OBSERVER)
VOICES = (HOST, CO_HOST, INSTRUCTOR, MODERATOR, PRESENTER, ATTENDEE, LEARNER)
EVERYBODY = (*IN_ROOM, WAITING, STRANGER, ADMIN)


@dataclass
class Cast:
    """A running session that asks for approval, its owner's socket, and whoever else a test calls for."""

    house: House
    room: Room
    owner: Client
    ids: dict[int, UUID] = field(default_factory=dict)

    async def actor(self, role: str) -> Client:
        """A socket of somebody new in this role. The host is a second one, not the owner."""
        if role == ADMIN:
            return await self.house.client(await self.house.account("Adam", TENANT_ADMIN))
        if role == STRANGER:
            return await self.house.client(await self.house.account("Stan"))
        if role == WAITING:
            return await self.knocker()
        client = await self.member(role.capitalize())
        if role != ATTENDEE:
            await self.owner.ok(
                "participant:set_role", self.room.id, participant_id=self.id_of(client), role=role
            )
        return client

    async def knocker(self, name: str = "Wil") -> Client:
        """A guest's socket in the waiting room."""
        guest = await self.house.guest(self.room, name)
        client = await self.house.client(guest)
        assert (await client.join(self.room.id))["status"] == "pending"
        self._note(client, guest.participant_id)
        return client

    async def member(self, name: str = "Tara") -> Client:
        """An attendee's socket, in the room."""
        client = await self.house.client(await self.house.account(name))
        participant_id = (await client.join(self.room.id))["participant"]["id"]
        await self.owner.ok("participant:approve", self.room.id, participant_id=participant_id)
        assert (await client.join(self.room.id))["status"] == "approved"
        self._note(client, UUID(participant_id))
        return client

    def id_of(self, client: Client) -> UUID:
        """The participant whose socket this is."""
        return self.ids[id(client)]

    def _note(self, client: Client, participant_id: UUID | None) -> None:
        if participant_id is not None:
            self.ids[id(client)] = participant_id


async def assemble(house: House) -> Cast:
    """A cast on a new session."""
    room, owner = await house.live("Olga", requires_approval=True)
    return Cast(house, room, owner)


async def payloads_for(cast: Cast) -> dict[str, dict[str, Any]]:
    """What each command needs besides the session, with somebody or something to be about."""
    target, out, banned = await cast.member(), await cast.member("Otto"), await cast.member("Bruno")
    said = await target.ok("chat:send", cast.room.id, text="Mine.")
    poll = await cast.owner.ok("poll:create", cast.room.id, question="Break?", options=["Yes", "No"])
    knockers = [await cast.knocker(name) for name in ("Una", "Uwe")]

    def about(client: Client, **more: Any) -> dict[str, Any]:
        return {"participant_id": str(cast.id_of(client)), **more}

    message = {"message_id": said["id"]}
    return {
        "chat:send": {"text": "Hello."},
        "chat:edit": {**message, "text": "Yours."},
        "chat:delete": message,
        "reaction:send": {"emoji": "👍"},
        "participant:consent": {"consent": True},
        "poll:create": {"question": "Again?", "options": ["Yes", "No"]},
        "poll:vote": {"poll_id": poll["id"], "choices": [0]},
        "poll:close": {"poll_id": poll["id"]},
        "waiting_room:message": {"text": "Soon."},
        "participant:approve": about(knockers[0]),
        "participant:reject": about(knockers[1]),
        "participant:mute": about(target),
        "participant:unmute": about(target),
        "participant:set_visibility": about(target, is_hidden=True),
        "participant:set_language": about(target, language="de"),
        "participant:set_role": about(target, role=PRESENTER),
        "participant:set_permissions": about(target, deny=["reaction:send"]),
        "participant:set_custom_role": about(target, role_id=str(uuid4())),
        "participant:kick": about(out),
        "participant:ban": about(banned),
        "participant:unban": about(banned),
        "session:cancel": {"reason": "Fire alarm."},
    }

"""Tokens that are no good, or no good any more: at every endpoint that asks who is there, and at the socket's door."""

import asyncio
import base64
import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from models.identity.system_roles import STUDENT, SUPER_ADMIN
from models.identity.tables import RoleAssignment, SignIn, User
from models.tables import DEFAULT_TENANT
from realtime.commands import BY_NAME
from server.api import ENDPOINTS
from server.http.endpoint import Auth
from tests.realtime.client import Client, Json, Refused
from tests.realtime.house import House, Person
from tests.realtime.site import SECRET
from tests.rooms.people import assemble, payloads_for
from tests.security.rest_people import World, ask, key_of, make_world
from tests.security.rest_rights import ALLOWED, ENDPOINT, expected, outcome_of

ASKING_WHO: Final = [endpoint for endpoint in ENDPOINTS if endpoint.auth is Auth.USER]
HOUR: Final = 3_600

# A fresh token is what it asks for; going is open to everybody who is in.
ABOUT_THE_SOCKET: Final = {"connection:authenticate": "VALIDATION_ERROR", "session:leave": "NOT_JOINED"}
CUT: Final = "cut"
MORE: Final[dict[str, dict[str, Any]]] = {"chat:send": {"text": "Hello."}}

Spoil = Callable[[House, Person], Awaitable[str]]


def claims(house: House, person: Person, *, ends_in_s: int = HOUR) -> dict[str, Any]:
    """What a good token of this person says."""
    now = int(house.context.clock.now().timestamp())
    return {
        "iss": "convene",
        "use": "access",
        "sub": str(person.user_id),
        "sid": str(person.sign_in_id),
        "tid": str(DEFAULT_TENANT),
        "iat": now,
        "exp": now + ends_in_s,
    }


def signed(said: dict[str, Any], key: bytes, algorithm: str = "HS256") -> str:
    return jwt.encode({"alg": algorithm}, said, OctKey.import_key(key), algorithms=[algorithm])


def signing_key(house: House) -> bytes:
    """The site's own."""
    return house.context.tokens._key.raw_value


async def expired(house: House, person: Person) -> str:
    return signed(claims(house, person, ends_in_s=-1), signing_key(house))


async def of_another_key(house: House, person: Person) -> str:
    return signed(claims(house, person), SECRET.encode() + b", but another one")


async def of_no_key(house: House, person: Person) -> str:
    def part(content: dict[str, Any]) -> str:
        return base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none', 'typ': 'JWT'})}.{part(claims(house, person))}."


async def of_another_algorithm(house: House, person: Person) -> str:
    return signed(claims(house, person), signing_key(house), "HS512")


async def that_lasts_for_ever(house: House, person: Person) -> str:
    said = claims(house, person)
    del said["exp"]
    return signed(said, signing_key(house))


async def for_another_use(house: House, person: Person) -> str:
    return signed({**claims(house, person), "use": "refresh"}, signing_key(house))


async def of_an_ended_sign_in(house: House, person: Person) -> str:
    await house.change(SignIn, person.sign_in_id, revoked_at=house.context.clock.now())
    return person.token


async def of_an_outlived_sign_in(house: House, person: Person) -> str:
    await house.change(SignIn, person.sign_in_id, expires_at=house.context.clock.now() - timedelta(seconds=1))
    return person.token


async def of_a_closed_account(house: House, person: Person) -> str:
    await house.change(User, person.user_id, is_active=False)
    return person.token


async def of_somebody_elses_sign_in(house: House, person: Person) -> str:
    other = await house.account("Otto")
    return signed(claims(house, replace(person, sign_in_id=other.sign_in_id)), signing_key(house))


SPOILT: Final[tuple[Spoil, ...]] = (
    expired,
    of_another_key,
    of_no_key,
    of_another_algorithm,
    that_lasts_for_ever,
    for_another_use,
    of_an_ended_sign_in,
    of_an_outlived_sign_in,
    of_a_closed_account,
    of_somebody_elses_sign_in,
)


async def world_of(house: House) -> tuple[World, Person]:
    """A world, and somebody who could do everything in it."""
    world = await make_world(house, SUPER_ADMIN)
    assert world.person is not None
    return world, world.person


def code_of(answer: httpx.Response) -> str:
    return str(answer.json()["errorCode"]) if answer.is_error else "in"


@pytest.mark.parametrize("spoil", SPOILT)
async def test_no_endpoint_takes_it(house: House, spoil: Spoil) -> None:
    world, person = await world_of(house)
    token = await spoil(house, person)
    wanted = "TOKEN_EXPIRED" if spoil is expired else "UNAUTHENTICATED"
    outcomes = {key_of(one): code_of(await ask(house, one, world, token)) for one in ASKING_WHO}
    assert outcomes == {key_of(one): wanted for one in ASKING_WHO}


@pytest.mark.parametrize("spoil", SPOILT)
async def test_no_socket_opens_with_it(house: House, spoil: Spoil) -> None:
    token = await spoil(house, await house.account("Adam", SUPER_ADMIN))
    with pytest.raises(Refused) as refused:
        await house.client(token)
    assert refused.value.error["errorCode"] in ("UNAUTHENTICATED", "TOKEN_EXPIRED")


@pytest.mark.parametrize("spoil", [of_an_ended_sign_in, of_an_outlived_sign_in, of_a_closed_account])
async def test_no_command_is_taken_from_an_open_socket(house: House, spoil: Spoil) -> None:
    cast = await assemble(house)
    payloads = await payloads_for(cast)
    person = await house.account("Adam", SUPER_ADMIN)
    client = await house.client(person)
    await spoil(house, person)
    taken = {}
    for name in BY_NAME:
        about = {"session_id": str(cast.room.id), **payloads.get(name, {})}
        code = await answer_or_end(client, name, about)
        if code not in (CUT, ABOUT_THE_SOCKET.get(name, "UNAUTHENTICATED")):
            taken[name] = code
    assert taken == {}


async def answer_or_end(client: Client, name: str, payload: Json) -> str:
    """What a command is told, unless the server has noticed meanwhile and cut the socket."""
    asked = asyncio.create_task(client.command(name, payload))
    ended = asyncio.create_task(client.closed.wait())
    await asyncio.wait({asked, ended}, return_when=asyncio.FIRST_COMPLETED)
    ended.cancel()
    if not asked.done():
        asked.cancel()
        return CUT
    ack = asked.result()
    return "ok" if ack["ok"] else str(ack["error"]["errorCode"])


async def test_an_ended_role_opens_nothing(house: House) -> None:
    world = await make_world(house, STUDENT)
    assert world.person is not None
    await give_for_an_hour_that_is_over(house, world.person)
    token = world.person.token
    outcomes = {key: outcome_of(await ask(house, ENDPOINT[key], world, token)) for key in ALLOWED}
    assert outcomes == {key: expected(key, STUDENT) for key in ALLOWED}


async def test_an_ended_role_gives_no_command(house: House) -> None:
    room, _host = await house.live()
    person = await house.account("Ann", STUDENT)
    await give_for_an_hour_that_is_over(house, person)
    client = await house.client(person)
    for name in ("session:lock", "session:end", "participant:mute_all", "recording:start", "chat:send"):
        ack = await client.command(name, {"session_id": str(room.id), **MORE.get(name, {})})
        assert ack["error"]["errorCode"] == "SESSION_NOT_FOUND", name


async def give_for_an_hour_that_is_over(house: House, person: Person) -> None:
    """Everything in every tenant, until a moment ago."""
    chief = await house.account("Theo", SUPER_ADMIN)
    roles = (await house.get("/roles", chief)).json()["data"]
    role_id = next(one["id"] for one in roles if one["key"] == SUPER_ADMIN)
    now = house.context.clock.now()
    body = {"role_id": role_id, "expires_at": (now + timedelta(hours=1)).isoformat()}
    given = await house.post(f"/users/{person.user_id}/roles", body, chief)
    await house.change(RoleAssignment, UUID(given["id"]), expires_at=now)

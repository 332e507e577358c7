"""Tokens on an open socket: when they run out, are renewed, revoked, or turn out to be for something else."""

import json
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from models.identity.tables import SignIn, User
from models.identity.tokens import Tokens
from models.tables import DEFAULT_TENANT
from tests.realtime.client import Client, Refused, assert_ack, assert_error
from tests.realtime.fixtures import open_house
from tests.realtime.house import House
from tests.realtime.site import Site, serving

SHORT_S = 5


@pytest.fixture(scope="module")
def hasty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose access tokens are good for seconds."""
    folder: Path = tmp_path_factory.mktemp("hasty")
    with serving(f"sqlite:///{folder / 'convene.db'}", access_token_ttl_s=SHORT_S) as site:
        yield site


@pytest.fixture
async def hasty(hasty_site: Site) -> AsyncIterator[House]:
    async with open_house(hasty_site) as house:
        yield house


async def refused_connect(house: House, token: object) -> str:
    client = Client(house.site.url)
    house.clients.append(client)
    with pytest.raises(Refused) as refused:
        await client.connect(token)
    error = refused.value.error
    assert set(error) == {"statusCode", "errorCode", "message", "details"}
    assert error["statusCode"] == 401
    return str(error["errorCode"])


async def test_a_token_that_runs_out_closes_the_socket_unless_it_is_renewed(hasty: House) -> None:
    person = await hasty.account()
    renewed, idle = await hasty.client(person), await hasty.client(person)
    long_lived = Tokens(hasty.site.settings.signing_key, hasty.context.clock, 60, 60)
    assert person.user_id is not None
    assert person.sign_in_id is not None
    fresh, expires_at = long_lived.issue_access(DEFAULT_TENANT, person.user_id, person.sign_in_id)
    answer = assert_ack(await renewed.command("connection:authenticate", {"token": fresh}))
    assert datetime.fromisoformat(answer["expires_at"]) == expires_at
    await idle.until_closed()
    assert_error(await renewed.command("connection:authenticate", {"token": person.token}), "TOKEN_EXPIRED")
    assert await refused_connect(hasty, person.token) == "TOKEN_EXPIRED"
    assert (await hasty.get("/users/me", person)).status_code == 401
    assert not renewed.closed.is_set()


async def test_logging_out_closes_every_socket_of_the_sign_in(any_house: House) -> None:
    room, host = await any_house.live()
    mia = await any_house.account("Mia")
    laptop, phone = await any_house.client(mia), await any_house.client(mia, ("polling",))
    await laptop.join(room.id)
    answer = await any_house.request("POST", "/auth/logout", {}, mia)
    assert answer.is_success, answer.text
    for client in (laptop, phone):
        await client.until_closed()
    assert await refused_connect(any_house, mia.token) == "UNAUTHENTICATED"
    assert (await any_house.get("/users/me", mia)).status_code == 401
    await host.event("participant:left")


async def test_another_sign_in_of_the_same_account_stays(house: House) -> None:
    mia = await house.account("Mia")
    other = await house.sign_in(mia)
    one, two = await house.client(mia), await house.client(other)
    await house.request("POST", "/auth/logout", {}, mia)
    await one.until_closed()
    assert_error(await two.command("nothing", {}), "UNKNOWN_COMMAND")


async def test_a_deactivated_account_can_do_nothing_more(any_house: House) -> None:
    room, host = await any_house.live()
    mia = await any_house.account("Mia")
    client = await any_house.client(mia)
    await client.join(room.id)
    seat = await any_house.post(f"/sessions/{room.id}/join", {}, mia)
    by_seat = await any_house.client(seat["token"])
    await any_house.change(User, mia.user_id, is_active=False)
    for socket in (client, by_seat):
        await socket.refused("chat:send", "UNAUTHENTICATED", room.id, text="Still here?")
        await socket.refused("session:sync", "UNAUTHENTICATED", room.id)
        assert_error(await socket.command("session:join", {"code": room.code}), "UNAUTHENTICATED")
    for token in (mia.token, seat["token"]):
        assert await refused_connect(any_house, token) == "UNAUTHENTICATED"
    await host.ok("chat:send", room.id, text="And on.")


async def test_a_revoked_sign_in_can_do_nothing_more(house: House) -> None:
    room, _host = await house.live()
    mia = await house.account("Mia")
    client = await house.client(mia)
    await client.join(room.id)
    await house.change(SignIn, mia.sign_in_id, revoked_at=house.context.clock.now())
    await client.refused("chat:send", "UNAUTHENTICATED", room.id, text="Still here?")


async def test_a_socket_is_renewed_with_a_token_of_the_same_person_only(house: House) -> None:
    room, _host = await house.live()
    mia, eve = await house.account("Mia"), await house.account("Eve")
    gus = await house.guest(room)
    client = await house.client(mia)
    for token in (eve.token, gus.token):
        assert_error(await client.command("connection:authenticate", {"token": token}), "FORBIDDEN")
    again = await house.sign_in(mia)
    assert_ack(await client.command("connection:authenticate", {"token": again.token}))
    # From now on the socket lives and dies with the other sign-in.
    await house.request("POST", "/auth/logout", {}, again)
    await client.until_closed()


@pytest.mark.parametrize(
    "forge",
    [
        lambda token: token[:-2] + ("AA" if token[-2:] != "AA" else "BB"),
        lambda token: token.split(".")[0] + "." + token.split(".")[1] + ".",
        lambda token: "eyJhbGciOiJub25lIn0." + token.split(".")[1] + ".",
        lambda token: token + "x" * 3_000,
        lambda _token: "",
        lambda _token: None,
        lambda _token: {"token": "x"},
    ],
)
async def test_a_forged_token_is_refused(house: House, forge: object) -> None:
    person = await house.account()
    assert callable(forge)
    assert await refused_connect(house, forge(person.token)) == "UNAUTHENTICATED"


async def test_a_participant_token_is_no_account(house: House) -> None:
    room, _host = await house.live()
    gus = await house.guest(room)
    assert (await house.get("/users/me", gus)).status_code == 401
    assert (await house.request("POST", "/sessions", {"title": "Mine"}, gus)).status_code == 401
    assert json.dumps(str(gus.participant_id)) not in (await house.get("/sessions", gus)).text

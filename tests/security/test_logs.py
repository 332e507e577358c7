"""Somebody who reads the server's log at its most talkative learns no token, password, code or message."""

from collections.abc import Iterator

import pytest

from tests.realtime.fixtures import open_house
from tests.realtime.site import Site, serving

PASSWORD = "correct horse battery staple"
WORDS = "meet me behind the library"


@pytest.fixture(scope="module")
def talkative_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    url = f"sqlite:///{tmp_path_factory.mktemp('talkative') / 'convene.db'}"
    with serving(url, log_level="debug") as site:
        yield site


async def test_no_secret_is_logged_at_debug_level(talkative_site: Site) -> None:
    async with open_house(talkative_site) as house:
        account = {"email": "ada@example.org", "password": PASSWORD, "display_name": "Ada"}
        signed_in = await house.http.post("/api/v1/auth/register", json=account)
        room, host = await house.live()
        guest = await house.guest(room)
        for transports in (("websocket",), ("polling",), ("polling", "websocket")):
            client = await house.client(guest, transports)
            await client.join(room.id)
            await client.ok("chat:send", room.id, text=WORDS)
        await host.join(room.code)
        await house.get(f"/sessions/preview?code={room.code}")
        secrets = (
            PASSWORD,
            WORDS,
            room.code,
            guest.token,
            room.owner.token,
            signed_in.json()["data"]["access_token"],
            signed_in.cookies["convene_refresh"],
        )
        log = talkative_site.service.log.read_text()
    assert log
    assert [secret for secret in secrets if secret in log] == []

"""Somebody whose account was deleted, as the others see them from then on."""

import pytest
from playwright.async_api import expect

from models.identity.system_roles import TENANT_ADMIN
from tests.browser.lobby import Lobby
from tests.realtime.house import House

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_who_is_erased_is_called_so_in_the_readers_language(lobby: Lobby, house: House) -> None:
    admin, zoe = await house.account("Ada", TENANT_ADMIN), await house.account("Zoe")
    room, host = await house.live()
    socket = await house.client(zoe)
    mine = (await socket.join(room.id))["participant"]["id"]
    await socket.ok("chat:send", room.id, text="Good morning")
    await host.ok("chat:send", room.id, text="Welcome, @Zoe!", mentions=[mine])
    gus = await lobby.visitor("Gus")
    await gus.knock(str(room.code))
    await gus.open("Chat")
    welcome = gus.page.get_by_role("article").filter(has_text="Welcome")
    await expect(welcome).to_contain_text("@Zoe")
    assert (await house.request("DELETE", f"/users/{zoe.user_id}", {}, admin)).is_success
    await expect(welcome).to_contain_text("Welcome, @Former participant!")
    await gus.page.evaluate("localStorage.setItem('convene:language', 'de')")
    await gus.page.reload()
    await gus.open("Chat")
    await expect(welcome).to_contain_text("Welcome, @Ehemals dabei!")
    said = gus.page.get_by_role("article").filter(has_text="Good morning")
    await expect(said.get_by_text("Ehemals dabei", exact=True)).to_be_visible()

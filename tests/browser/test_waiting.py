"""In line at the door: what one hears there, and that nothing is lost by a reload, a restart or another tab."""

import pytest
from playwright.async_api import expect

from tests.browser.axe import violations
from tests.browser.lobby import Lobby
from tests.browser.visitor import NETWORK
from tests.realtime.house import House

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.mark.parametrize("size", [(1280, 800), (360, 740)], ids=["wide", "narrow"])
async def test_who_waits_hears_the_host_and_is_let_in_without_a_click(
    lobby: Lobby, house: House, size: tuple[int, int]
) -> None:
    room = await house.room(await house.account("Hana"), kind="class", title="Algebra")
    first = await lobby.visitor("Ann")
    await first.knock(room.code)
    await expect(first.text("You are next")).to_be_visible()
    gus = await lobby.visitor("Gus", size=size, bypass_csp=True)
    await gus.knock(room.code)
    await expect(gus.text("You are number 2 in line")).to_be_visible()
    await expect(gus.page).to_have_title("You are number 2 in line · Algebra · Convene")
    await expect(gus.text("The host has not started it yet.")).to_be_visible()
    host = await house.host(room)
    await expect(gus.text("The host has started it.")).to_be_visible()
    await host.ok("waiting_room:message", room.id, text="Five more minutes.")
    await expect(gus.text("Five more minutes.")).to_be_visible()
    await expect(gus.page.locator(".waiting-message")).to_contain_text("Hana · ")
    assert await violations(gus.page) == []
    await gus.page.reload()
    await expect(gus.text("You are number 2 in line")).to_be_visible()
    await first.button("Leave").click()
    await expect(gus.text("You are next")).to_be_visible()
    await host.ok("participant:approve_all", room.id)
    await gus.in_the_room()
    await expect(gus.page).to_have_title("Algebra · Convene")


async def test_who_looks_elsewhere_is_called_by_the_tab(lobby: Lobby, house: House) -> None:
    room, host = await house.live(kind="class", title="Algebra")
    gus = await lobby.visitor("Gus")
    await gus.knock(room.code)
    await expect(gus.text("You are next")).to_be_visible()
    plain = await gus.page.locator("link[rel=icon]").get_attribute("href")
    await gus.page.evaluate(
        "() => Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })"
    )
    await host.ok("participant:approve_all", room.id)
    await expect(gus.page).to_have_title("You have been let in · Algebra · Convene")
    assert await gus.page.locator("link[rel=icon]").get_attribute("href") != plain
    await gus.page.evaluate(
        "() => { delete document.hidden; document.dispatchEvent(new Event('visibilitychange')); }"
    )
    await expect(gus.page).to_have_title("Algebra · Convene")
    assert await gus.page.locator("link[rel=icon]").get_attribute("href") == plain


async def test_two_tabs_of_one_person_are_let_in_and_sent_out_together(lobby: Lobby, house: House) -> None:
    room, host = await house.live(kind="class", title="Algebra")
    mia = await lobby.host("Mia")
    second = await mia.context.new_page()
    for page in (mia.page, second):
        await page.goto(f"/room/{room.id}")
        await expect(page.get_by_text("You are next", exact=True)).to_be_visible()
    await host.ok("participant:approve_all", room.id)
    for page in (mia.page, second):
        await expect(page.get_by_role("region", name="Room controls")).to_be_visible()
    joined = await host.event("participant:joined", lambda d: d["participant"]["display_name"] == "Mia")
    person = joined.data["participant"]["id"]
    await host.ok("participant:kick", room.id, participant_id=person, reason="Too loud")
    for page in (mia.page, second):
        await expect(page.get_by_role("heading", name="A host removed you")).to_be_visible()
        await expect(page.get_by_text("“Too loud”")).to_be_visible()


async def test_a_place_in_line_outlives_a_restart_of_the_server(lobby: Lobby, house: House) -> None:
    room = await house.room(await house.account("Hana"), kind="class", title="Algebra")
    gus = await lobby.visitor("Gus")
    gus.forgive(NETWORK)
    await gus.knock(room.code)
    await expect(gus.text("You are next")).to_be_visible()
    await gus.page.evaluate("() => (window.stayed = true)")
    house.site.service.stop()
    house.site.service.start()
    host = await house.host(room)
    await host.ok("waiting_room:message", room.id, text="Welcome back.")
    await expect(gus.text("You are next")).to_be_visible()
    await host.ok("participant:approve_all", room.id)
    await gus.in_the_room()
    assert await gus.page.evaluate("() => window.stayed")


async def test_who_need_not_be_admitted_waits_for_the_start_alone(lobby: Lobby, house: House) -> None:
    room = await house.room(await house.account("Hana"), title="Before it starts")
    guest = await lobby.visitor("Gus", locale="de-DE")
    await guest.page.goto(f"/join/{room.code}")
    await guest.field("Ihr Name").fill("Gus")
    await guest.button("Jetzt beitreten").click()
    told = "Sie kommen von selbst hinein, sobald die Sitzung beginnt. Sie können hier warten."
    await expect(guest.text(told)).to_be_visible()
    await expect(guest.text("Sie sind als Nächstes an der Reihe")).to_have_count(0)
    await house.host(room)
    await expect(guest.heading("Before it starts")).to_be_focused()

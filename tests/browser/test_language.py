"""The language of the pages: as the browser asks, as one chooses, as the account has it, and without a reload."""

import re
from typing import Final

import pytest
from playwright.async_api import expect

from tests.browser.layout import assert_fits
from tests.browser.lobby import Lobby
from tests.browser.visitor import PASSWORD, Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

# Notes every heading that was ever drawn, to see whether one in another language came first.
WATCH_HEADINGS: Final = """
    window.headings = [];
    new MutationObserver(() => {
        const heading = document.querySelector("h1")?.textContent;
        if (heading && window.headings.at(-1) !== heading) window.headings.push(heading);
    }).observe(document, { childList: true, subtree: true, characterData: true });
"""


async def shown_in(visitor: Visitor) -> str | None:
    return await visitor.page.locator("html").get_attribute("lang")


async def test_the_browser_s_language_is_spoken_from_the_first_picture_on(lobby: Lobby) -> None:
    visitor = await lobby.visitor("Uli", locale="de-AT")
    await visitor.page.add_init_script(WATCH_HEADINGS)
    await visitor.page.goto("/")
    await expect(visitor.heading("Einer Sitzung beitreten")).to_be_visible()
    assert await visitor.page.evaluate("window.headings") == ["Treffen, lehren, gemeinsam entscheiden"]
    assert await shown_in(visitor) == "de"
    assert await visitor.page.title() == "Convene"


async def test_somebody_without_an_account_chooses_and_the_device_remembers(lobby: Lobby) -> None:
    visitor = await lobby.visitor("Gus")
    await visitor.page.goto("/join")
    await visitor.page.evaluate("window.sameDocument = true")
    await visitor.button("Español").click()
    await expect(visitor.heading("Unirse a una sesión")).to_be_visible()
    assert await shown_in(visitor) == "es"
    assert await visitor.page.evaluate("window.sameDocument")
    await visitor.page.reload()
    await expect(visitor.heading("Unirse a una sesión")).to_be_visible()
    await expect(visitor.button("Español")).to_have_attribute("aria-pressed", "true")


async def test_a_problem_on_the_page_changes_its_language_too(lobby: Lobby) -> None:
    visitor = await lobby.visitor("Gus")
    await visitor.page.goto("/sign-in")
    await visitor.field("E-mail address or username").fill("nobody@example.org")
    await visitor.field("Password").fill(PASSWORD)
    visitor.forgive(re.compile("401"))
    await visitor.button("Sign in").click()
    alert = visitor.page.get_by_role("alert")
    await expect(alert).to_have_text("The e-mail address or the password is not right.")
    await visitor.button("Deutsch").click()
    await expect(alert).to_have_text("E-Mail-Adresse oder Passwort ist nicht richtig.")


async def test_the_account_s_language_is_spoken_wherever_it_signs_in(lobby: Lobby) -> None:
    mia = await lobby.host("Mia")
    await mia.button("Account").click()
    async with mia.page.expect_response("**/api/v1/users/me") as kept:
        await mia.page.get_by_role("radio", name="Deutsch", exact=True).check()
    assert (await kept.value).ok
    await expect(mia.heading("Hallo, Mia")).to_be_visible()
    elsewhere = await lobby.visitor("Mia on another machine")
    await elsewhere.page.goto("/sign-in")
    await elsewhere.field("E-mail address or username").fill(mia.email)
    await elsewhere.field("Password").fill(PASSWORD)
    await elsewhere.button("Sign in").click()
    await expect(elsewhere.heading("Hallo, Mia")).to_be_visible()
    assert await shown_in(elsewhere) == "de"


async def test_a_room_changes_its_language_without_being_left(lobby: Lobby) -> None:
    host = await lobby.host("Hana")
    await host.start_session("Meeting", "Plenum")
    sockets: list[str] = []
    host.page.on("websocket", lambda socket: sockets.append(socket.url))
    await host.open("Chat")
    await host.field("Message").fill("Not sent yet")
    other_tab = await host.context.new_page()
    await other_tab.goto("/")
    await other_tab.get_by_role("button", name="Account", exact=True).click()
    await other_tab.get_by_role("radio", name="Deutsch", exact=True).check()
    await expect(host.button("Hand heben")).to_be_visible()
    await expect(host.field("Nachricht")).to_have_value("Not sent yet")
    await host.field("Nachricht").fill("Noch da")
    await host.button("Senden").click()
    await expect(host.page.get_by_role("log", name="Nachrichten").get_by_text("Noch da")).to_be_visible()
    assert sockets == []


@pytest.mark.parametrize("tag", ["de", "es"])
async def test_long_words_fit_on_a_telephone(lobby: Lobby, tag: str) -> None:
    host = await lobby.host("Hana")
    await host.start_session("Class", "Algebra")
    session = host.session_id
    await host.context.add_init_script(f'localStorage.setItem("convene:language", "{tag}");')
    await host.page.set_viewport_size({"width": 360, "height": 740})
    for path in (
        "/",
        "/sessions",
        "/sessions/new",
        f"/sessions/{session}/edit",
        f"/sessions/{session}",
        "/account/preferences",
    ):
        await host.page.goto(path)
        await expect(host.page.locator("h1").first).to_be_visible()
        assert await shown_in(host) == tag
        await assert_fits(host.page)
    await host.page.goto(f"/room/{session}")
    await host.page.locator(".control-spot button").first.click()
    tabs = host.page.get_by_role("tab")
    await expect(tabs).to_have_count(4)
    for each in await tabs.all():
        await expect(each).to_be_in_viewport(ratio=1)

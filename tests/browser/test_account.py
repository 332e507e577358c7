"""One's own account in the browser: what is chosen is seen at once, in every tab, and kept."""

import io
import json
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
from PIL import Image
from playwright.async_api import Browser, FilePayload, expect

from tests.browser.axe import violations
from tests.browser.lobby import Lobby
from tests.browser.visitor import PASSWORD, Visitor
from tests.identity.post_office import PostOffice, open_post_office, token_in
from tests.realtime.site import Site, serving

pytestmark = pytest.mark.asyncio(loop_scope="session")

SECTIONS = ("profile", "preferences", "notifications", "security", "privacy")
NEW = "a new horse battery"


@pytest.fixture(scope="module")
def office() -> Iterator[PostOffice]:
    with open_post_office() as office:
        yield office


@pytest.fixture(scope="module")
def mailing_site(office: PostOffice, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    url = f"sqlite:///{tmp_path_factory.mktemp('mailing') / 'convene.db'}"
    with serving(url, **office.settings) as site:
        yield site


def archived(path: Path) -> bytes:
    return path.read_bytes()


async def choose(visitor: Visitor, group: str, name: str) -> None:
    choices = visitor.page.get_by_role("radiogroup", name=group, exact=True)
    await choices.get_by_role("radio", name=name, exact=True).check()


async def saved(visitor: Visitor) -> None:
    await expect(visitor.page.get_by_role("status").filter(has_text="Saved")).to_be_visible()


async def sign_in(visitor: Visitor, email: str, password: str) -> None:
    await visitor.page.goto("/sign-in")
    await visitor.field("E-mail address or username").fill(email)
    await visitor.field("Password").fill(password)
    await visitor.button("Sign in").click()


async def test_what_is_chosen_shows_at_once_in_every_tab_and_stays(lobby: Lobby) -> None:
    mia = await lobby.host("Mia")
    other = await mia.context.new_page()
    await other.goto("/")
    await mia.page.goto("/account/preferences")
    for group, name, mark in (
        ("Theme", "Dark", ("data-theme", "dark")),
        ("Contrast", "High", ("data-contrast", "more")),
        ("Text size", "Larger", ("data-text-size", "larger")),
        ("Motion", "Reduced", ("data-motion", "reduced")),
    ):
        await choose(mia, group, name)
        for page in (mia.page, other):
            await expect(page.locator("html")).to_have_attribute(*mark)
    await saved(mia)
    await mia.page.reload()
    await expect(mia.page.locator("html")).to_have_attribute("data-text-size", "larger")
    elsewhere = await lobby.visitor("Mia on another machine")
    await sign_in(elsewhere, mia.email, PASSWORD)
    await expect(elsewhere.heading("Hello, Mia")).to_be_visible()
    await expect(elsewhere.page.locator("html")).to_have_attribute("data-contrast", "more")


async def test_another_language_is_spoken_at_once_in_every_tab(lobby: Lobby) -> None:
    mia = await lobby.host("Mia")
    other = await mia.context.new_page()
    await other.goto("/account/security")
    await mia.page.goto("/account/preferences")
    await mia.field("Language").select_option("de")
    await expect(mia.heading("Einstellungen")).to_be_visible()
    await expect(other.get_by_role("heading", name="Sicherheit", exact=True)).to_be_visible()
    await expect(mia.page.locator("html")).to_have_attribute("lang", "de")
    await mia.page.reload()
    await expect(mia.heading("Einstellungen")).to_be_visible()
    await mia.field("Sprache").select_option("")
    await expect(mia.heading("Preferences")).to_be_visible()


async def test_times_are_shown_in_the_zone_one_chooses(lobby: Lobby) -> None:
    mia = await lobby.host("Mia", timezone_id="UTC")
    await mia.page.goto("/account/preferences")
    await mia.field("Time zone").select_option("Asia/Tokyo")
    await saved(mia)
    there = mia.page.get_by_text(re.compile("It is .* there now"))
    hour = await mia.page.evaluate(
        "new Intl.DateTimeFormat('en-GB', {hour: '2-digit', timeZone: 'Asia/Tokyo'}).format()"
    )
    await expect(there).to_contain_text(re.compile(f"It is 0?{int(hour)}:"))
    await mia.page.goto("/account/security")
    await expect(mia.page.get_by_text(re.compile(f"Signed in: Today, 0?{int(hour)}:"))).to_be_visible()


async def test_a_picture_is_shown_in_the_room(lobby: Lobby, tmp_path: Path) -> None:
    host = await lobby.host("Hana")
    await host.page.goto("/account/profile")
    made = io.BytesIO()
    Image.new("RGB", (800, 500), "teal").save(made, "PNG")
    picture: FilePayload = {"name": "me.png", "mimeType": "image/png", "buffer": made.getvalue()}
    await host.page.set_input_files("input[type=file]", files=[picture])
    await saved(host)
    image = host.page.locator(".picture-setting img")
    await expect(image).to_have_attribute("src", re.compile(r"^/avatars/[0-9a-f]{32}/256\.webp$"))
    assert await image.evaluate("one => one.decode().then(() => one.naturalWidth)") == 256
    code = await host.start_session("Meeting", "Faces")
    guest = await lobby.visitor("Gus")
    await guest.knock(code)
    await guest.open("People")
    await expect(guest.row("Hana").locator("img")).to_be_visible()
    # Taken away at home, it is gone in the room.
    home = await host.context.new_page()
    await home.goto("/account/profile")
    await home.get_by_role("button", name="Remove", exact=True).click()
    await expect(guest.row("Hana").locator("img")).to_have_count(0)
    await expect(home.locator(".picture-setting img")).to_have_count(0)


async def test_a_file_that_is_no_picture_is_told_apart(lobby: Lobby) -> None:
    mia = await lobby.host("Mia")
    await mia.page.goto("/account/profile")
    svg: FilePayload = {"name": "a.png", "mimeType": "image/png", "buffer": b"<svg onload='alert(1)'/>"}
    await mia.page.set_input_files("input[type=file]", files=[svg])
    await expect(mia.page.get_by_text("This file cannot be read as a picture.")).to_be_visible()


async def test_names_are_kept_when_one_leaves_the_field(lobby: Lobby) -> None:
    mia = await lobby.host("Mia")
    other = await lobby.host("Ada")
    await other.page.goto("/account/profile")
    taken = await other.field("Username").input_value()
    await mia.page.goto("/account/profile")
    await mia.field("Name").fill("Mia Marin")
    await mia.field("Name").press("Enter")
    await saved(mia)
    await mia.field("Username").fill("a b")
    await mia.field("Username").press("Tab")
    await expect(mia.field("Username")).to_have_attribute("aria-invalid", "true")
    mia.forgive(re.compile("409"))
    await mia.field("Username").fill(taken)
    await mia.field("Username").press("Tab")
    await expect(mia.page.get_by_text("There is already an account")).to_be_visible()
    await mia.field("Username").press("Escape")
    await mia.page.reload()
    await expect(mia.field("Name")).to_have_value("Mia Marin")


async def test_a_device_is_signed_out_from_another(lobby: Lobby) -> None:
    mia = await lobby.host("Mia")
    phone = await lobby.visitor(
        "Mia's phone",
        user_agent="Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/149.0.0.0 Mobile Safari/537.36",
    )
    await sign_in(phone, mia.email, PASSWORD)
    await expect(phone.heading("Hello, Mia")).to_be_visible()
    await mia.page.goto("/account/security")
    devices = mia.page.get_by_role("list", name="Where you are signed in").get_by_role("listitem")
    await expect(devices).to_have_count(2)
    await expect(devices.first).to_contain_text("This device")
    await mia.button("Sign out Chrome on Android").click()
    await expect(devices).to_have_count(1)
    phone.forgive(re.compile("401"))
    await phone.page.goto("/sessions")
    await expect(phone.heading("Welcome back")).to_be_visible()


async def test_the_password_is_changed_by_who_knows_it(lobby: Lobby) -> None:
    mia = await lobby.host("Mia")
    await mia.page.goto("/account/security")
    await mia.field("Current password").fill("wrong horse battery")
    await mia.field("New password").fill(NEW)
    mia.forgive(re.compile("403"))
    await mia.button("Change password").click()
    await expect(mia.page.get_by_text("That is not your password.")).to_be_visible()
    await mia.field("Current password").fill(PASSWORD)
    await mia.button("Change password").click()
    await expect(mia.text("Your password is changed.")).to_be_visible()
    elsewhere = await lobby.visitor("Mia elsewhere")
    await sign_in(elsewhere, mia.email, NEW)
    await expect(elsewhere.heading("Hello, Mia")).to_be_visible()


async def test_the_keys_go_with_the_password_on_wish(lobby: Lobby) -> None:
    mia = await lobby.host("Mia")
    await mia.page.goto("/account/security")
    await expect(mia.button("Change password")).to_be_visible()
    await expect(mia.field("Also revoke my API keys")).to_have_count(0)
    made = await mia.page.request.post("/api/v1/auth/login", data={"email": mia.email, "password": PASSWORD})
    bearer = {"Authorization": f"Bearer {(await made.json())['data']['access_token']}"}
    key = {"name": "Export", "scopes": ["session:view"]}
    await mia.page.request.post("/api/v1/users/me/api-keys", data=key, headers=bearer)
    await mia.page.reload()
    await mia.field("Current password").fill(PASSWORD)
    await mia.field("New password").fill(NEW)
    await mia.field("Also revoke my API keys").check()
    await mia.button("Change password").click()
    await expect(mia.text("Your password is changed.")).to_be_visible()
    await expect(mia.field("Also revoke my API keys")).to_have_count(0)
    await mia.page.goto("/account/keys")
    await expect(mia.page.get_by_text("There is no key")).to_be_visible()


async def registered_by_mail(lobby: Lobby, office: PostOffice) -> Visitor:
    mia = await lobby.visitor("Mia")
    await mia.ask_for_account()
    await expect(mia.heading("Look into your mail")).to_be_visible()
    await mia.page.goto(f"/confirm-registration#{office.token()}")
    await mia.field("Password").fill("not what was chosen")
    mia.forgive(re.compile("403"))
    await mia.button("Create account").click()
    await expect(mia.page.get_by_text("That is not your password.")).to_be_visible()
    await mia.field("Password").fill(PASSWORD)
    await mia.button("Create account").click()
    await expect(mia.heading("Hello, Mia")).to_be_visible()
    return mia


async def test_registering_by_mail_tells_strangers_nothing(
    browser: Browser, mailing_site: Site, office: PostOffice
) -> None:
    lobby = Lobby(browser, mailing_site.url)
    mia = await registered_by_mail(lobby, office)
    stranger = await lobby.visitor("Eve")
    await stranger.ask_for_account(mia.email)
    await expect(stranger.heading("Look into your mail")).to_be_visible()
    await expect(stranger.page.get_by_text(f"We have written to {mia.email}.")).to_be_visible()
    assert office.letter()["Subject"] == "You have an account already"
    assert await lobby.close() == []


async def test_a_forgotten_password_and_a_new_address_by_mail(
    browser: Browser, mailing_site: Site, office: PostOffice
) -> None:
    lobby = Lobby(browser, mailing_site.url)
    mia = await registered_by_mail(lobby, office)
    await mia.page.goto("/account/profile")
    await expect(mia.text("Confirmed")).to_be_visible()
    await mia.button("Change address").click()
    await mia.field("New e-mail address").fill("mia@example.org")
    await mia.field("Current password").fill(PASSWORD)
    await mia.button("Send link").click()
    await mia.page.goto(f"/confirm-email#{office.token()}")
    await mia.button("Confirm address").click()
    await expect(mia.page.get_by_text("mia@example.org is the address")).to_be_visible()
    office.letter()
    lost = await lobby.visitor("Mia who forgot")
    await lost.page.goto("/sign-in")
    await lost.link("Forgot your password?").click()
    await lost.field("E-mail address").fill("mia@example.org")
    await lost.button("Send link").click()
    await expect(lost.heading("Look into your mail")).to_be_visible()
    await lost.page.goto(f"/reset-password#{token_in(office.letter())}")
    await lost.field("New password").fill(NEW)
    await lost.button("Set password").click()
    await expect(lost.heading("Welcome back")).to_be_visible()
    await sign_in(lost, "mia@example.org", NEW)
    await expect(lost.heading("Hello, Mia")).to_be_visible()
    mia.forgive(re.compile("401"))
    assert await lobby.close() == []


async def test_ones_data_is_one_file(lobby: Lobby) -> None:
    mia = await lobby.host("Mia")
    await mia.page.goto("/account/privacy")
    async with mia.page.expect_download() as downloading:
        await mia.page.get_by_role("button", name=re.compile("Export your data|Download")).click()
    archive = json.loads(archived(await (await downloading.value).path()))
    assert archive["account"]["email"] == mia.email


async def test_an_account_is_deleted_and_its_sessions_are_seen_to(lobby: Lobby) -> None:
    mia, gus = await lobby.host("Mia", bypass_csp=True), await lobby.visitor("Gus")
    code = await mia.start_session("Meeting", "Farewell")
    await gus.knock(code)
    await mia.open("Chat")
    await mia.say("Goodbye, all")
    await gus.open("Chat")
    await expect(gus.message("Goodbye, all")).to_be_visible()
    tab = await mia.context.new_page()
    await tab.goto("/account/privacy")
    await tab.get_by_role("button", name="Delete account").click()
    dialog = tab.get_by_role("dialog")
    await expect(dialog.get_by_role("list", name="You own 1 session")).to_contain_text("Farewell")
    assert await violations(tab) == []
    await dialog.get_by_label("Current password", exact=True).fill("wrong horse battery")
    mia.forgive(re.compile("403|401"))
    await dialog.get_by_role("button", name="Delete for good").click()
    await expect(dialog.get_by_text("That is not your password.")).to_be_visible()
    await dialog.get_by_label("Current password", exact=True).fill(PASSWORD)
    await dialog.get_by_role("button", name="Delete for good").click()
    await expect(tab.get_by_text("Your account is deleted.")).to_be_visible()
    await expect(gus.page.get_by_text("has ended").first).to_be_visible()


@pytest.mark.parametrize("size", [(1280, 800), (360, 740)])
async def test_nothing_is_in_anybodys_way(lobby: Lobby, size: tuple[int, int]) -> None:
    mia = await lobby.host("Mia", size=size, bypass_csp=True)
    for path in (
        *(f"/account/{section}" for section in SECTIONS),
        "/confirm-email#x",
        "/confirm-registration#x",
        "/forgot-password",
    ):
        await mia.page.goto(path)
        await expect(mia.page.get_by_role("heading", level=1)).to_be_visible()
        if path.endswith("security"):
            await expect(mia.text("This device")).to_be_visible()
        assert await violations(mia.page) == [], path
        overflow = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert await mia.page.evaluate(overflow) <= 0, path


async def test_a_second_factor_is_asked_for(lobby: Lobby) -> None:
    mia = await lobby.host("Mia", bypass_csp=True)
    await mia.page.goto("/account/security")
    await mia.field("Your password").fill(PASSWORD)
    await mia.button("Turn on").click()
    secret = await mia.page.locator(".factor-secret").inner_text()
    picture = mia.page.get_by_role("img", name="A QR code for your authenticator app")
    assert await picture.evaluate("one => one.decode().then(() => one.naturalWidth > 50)")
    assert await violations(mia.page) == []
    await mia.field("Code").fill(pyotp.TOTP(secret).at(time.time() - 30))
    await mia.button("Confirm").click()
    codes = mia.page.get_by_role("list", name="Recovery codes").get_by_role("listitem")
    await expect(codes).to_have_count(10)
    recovery = await codes.first.inner_text()
    await mia.button("I have kept them").click()
    await expect(mia.page.get_by_text("It is on. 10 recovery codes are left.")).to_be_visible()
    for given in (pyotp.TOTP(secret).now(), recovery):
        phone = await lobby.visitor("Mia's phone", size=(360, 740), bypass_csp=True)
        phone.forgive(re.compile("401"))
        await sign_in(phone, mia.email, PASSWORD)
        await expect(phone.heading("Your second step")).to_be_visible()
        await expect(phone.field("Code")).to_be_focused()
        assert await violations(phone.page) == []
        await phone.field("Code").fill("not-a-code")
        await phone.button("Sign in").click()
        await expect(phone.field("Code")).to_have_attribute("aria-invalid", "true")
        await expect(phone.field("Code")).to_be_focused()
        await phone.field("Code").fill(given)
        await phone.button("Sign in").click()
        await expect(phone.heading("Hello, Mia")).to_be_visible()

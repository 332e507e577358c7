"""Signing in at another site, and the identity that is linked then."""

import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect
from sqlmodel import col, select, update

from models.identity.tables import SignIn, User
from tests.browser.axe import violations
from tests.browser.lobby import Lobby
from tests.identity.test_second_factor import code, turned_on
from tests.realtime.fixtures import open_house
from tests.realtime.house import House
from tests.realtime.site import serving
from tests.services.oidc import Provider, open_provider
from tests.services.ports import LOOPBACK, free_port

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with open_provider() as provider:
        yield provider


@pytest_asyncio.fixture(loop_scope="session")
async def school(provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    url, port = f"sqlite:///{tmp_path_factory.mktemp('school') / 'convene.db'}", free_port()
    options = {"public_url": f"http://{LOOPBACK}:{port}", **provider.settings}
    with serving(url, port=port, **options) as site:
        async with open_house(site) as house:
            yield house


async def test_the_button_leads_there_and_back(browser: Browser, school: House, provider: Provider) -> None:
    lobby = Lobby(browser, school.site.url)
    visitor = await lobby.visitor("Ada", bypass_csp=True)
    page = visitor.page
    person = provider.comes(name="Ada")
    await page.goto("/sessions")
    await expect(visitor.link("Sign in with School Login")).to_be_visible()
    assert await violations(page) == []
    await visitor.link("Sign in with School Login").click()
    await expect(visitor.heading("Sessions")).to_be_visible()
    await page.goto("/account/security")
    linked = page.get_by_role("list", name="Other sites")
    await expect(linked.get_by_text(person["email"])).to_be_visible()
    await expect(linked.get_by_text(re.compile("^Your only way in"))).to_be_visible()
    await expect(linked.get_by_role("button")).to_have_count(0)
    assert await violations(page) == []

    other = await lobby.visitor("Nobody")
    provider.comes(verified=False)
    await other.page.goto("/register")
    await other.link("Sign in with School Login").click()
    await expect(other.page.get_by_role("alert")).to_contain_text("has not verified your e-mail address")
    await expect(other.heading("Welcome back")).to_be_visible()
    assert await lobby.close() == []


async def test_who_came_from_there_sets_a_first_password(
    browser: Browser, school: House, provider: Provider
) -> None:
    lobby = Lobby(browser, school.site.url)
    visitor = await lobby.visitor("Ada", bypass_csp=True)
    page = visitor.page
    person = provider.comes(name="Ada")
    await page.goto("/sign-in?next=/account/security")
    await visitor.link("Sign in with School Login").click()
    await expect(page.get_by_text("You have none yet", exact=False)).to_be_visible()
    await expect(visitor.field("Current password")).to_have_count(0)
    assert await violations(page) == []
    async with school.context.database.write() as db:
        (user_id,) = (await db.exec(select(User.id).where(User.email == person["email"]))).all()
        began = update(SignIn).where(col(SignIn.user_id) == user_id)
        await db.exec(began.values(created_at=datetime.now(UTC) - timedelta(minutes=11)))
    visitor.forgive(re.compile("403"))
    await visitor.field("New password").fill("a new horse battery")
    await visitor.button("Set a password").click()
    await expect(page.get_by_text("Sign in again, then set it.")).to_be_visible()
    await expect(visitor.field("New password")).to_have_attribute("aria-invalid", "true")
    async with school.context.database.write() as db:
        await db.exec(began.values(created_at=datetime.now(UTC)))
    await visitor.button("Set a password").click()
    await expect(visitor.text("Your password is set.")).to_be_visible()
    await expect(visitor.field("Current password")).to_be_visible()
    # There is another way in now.
    await expect(visitor.button(f"Unlink {person['email']}")).to_be_visible()
    await expect(visitor.button("Change password")).to_be_visible()
    assert await lobby.close() == []


async def test_the_second_step_is_asked_for_and_a_link_is_taken_off(
    browser: Browser, school: House, provider: Provider
) -> None:
    data, secret, _ = await turned_on(school)
    await school.change(User, UUID(data["user"]["id"]), verified_at=datetime.now(UTC))
    person = provider.comes(email=data["user"]["email"])
    lobby = Lobby(browser, school.site.url)
    visitor = await lobby.visitor("Ada")
    await visitor.page.goto("/sign-in?next=/account/security")
    await visitor.link("Sign in with School Login").click()
    await expect(visitor.heading("Your second step")).to_be_visible()
    assert "#" not in visitor.page.url
    await visitor.field("Code").fill(code(secret))
    await visitor.button("Sign in").click()
    await visitor.button(f"Unlink {person['email']}").click()
    await expect(visitor.text(f"{person['email']} does not sign in here any more.")).to_be_visible()
    await expect(visitor.page.get_by_text("None yet. Sign in with School Login once")).to_be_visible()
    assert await lobby.close() == []

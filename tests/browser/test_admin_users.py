"""Looking after accounts in the browser: found, changed, given a role, signed out, locked out and let in again."""

import re
from uuid import uuid4

import pytest
from playwright.async_api import Locator, expect
from sqlmodel import select

from models.identity.assignments import give_role
from models.identity.second_factor_tables import SecondFactor
from models.identity.system_roles import ADMIN, STUDENT, TEACHER, TENANT_ADMIN
from models.identity.tables import User
from models.tables import DEFAULT_TENANT
from models.transaction import Origin
from tests.browser.administrators import administrator
from tests.browser.axe import violations
from tests.browser.layout import assert_fits, assert_tables_fit
from tests.browser.lobby import Lobby
from tests.browser.visitor import Visitor
from tests.realtime.house import House

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def opened(root: Visitor, name: str) -> Locator:
    """The sheet of one account."""
    await root.page.get_by_role("link", name=name, exact=True).click()
    sheet = root.page.get_by_role("dialog", name=name)
    await expect(sheet.get_by_role("textbox", name="Username")).to_be_visible()
    return sheet


async def test_somebody_is_found_among_many_and_opened(lobby: Lobby, house: House) -> None:
    mark = uuid4().hex[:12]
    for number in range(60):
        await house.account(f"Person-{number:02} {mark}")
    root = await administrator(lobby, house)
    await root.page.goto(f"/admin/users?q={mark}")
    await expect(root.page.get_by_text("60 accounts")).to_be_visible()
    rows = root.page.get_by_role("table").get_by_role("row")
    await expect(rows).to_have_count(51)
    await root.button("Show more").click()
    await expect(rows).to_have_count(61)
    await root.field("Search people").fill(f"person-42 {mark}")
    await expect(rows).to_have_count(2)
    await opened(root, f"Person-42 {mark}")
    await root.page.keyboard.press("Escape")
    await expect(root.page.get_by_role("dialog")).to_have_count(0)
    await expect(root.field("Search people")).to_have_value(f"person-42 {mark}")
    await root.field("Search people").fill(f"nobody {mark}")
    await expect(root.page.get_by_text("Nobody is like that")).to_be_visible()


@pytest.mark.parametrize("size", [(1280, 800), (360, 740)], ids=["wide", "narrow"])
async def test_names_stay_in_sight_beside_many_roles(
    lobby: Lobby, house: House, size: tuple[int, int]
) -> None:
    mark = uuid4().hex[:12]
    ada = await house.account(f"Ada Lovelace {mark}")
    async with house.context.transaction(Origin()) as tx:
        user = (await tx.db.exec(select(User).where(User.id == ada.user_id))).one()
        for role in (TENANT_ADMIN, ADMIN, TEACHER, STUDENT):
            await give_role(tx, user, role)
    root = await administrator(lobby, house, size=size)
    await root.page.goto(f"/admin/users?q={mark}")
    link = root.page.get_by_role("link", name=ada.name)
    await link.scroll_into_view_if_needed()
    await expect(link).to_be_in_viewport(ratio=1)
    await assert_tables_fit(root.page)


async def test_a_part_of_the_sheet_that_did_not_come_is_asked_for_again(lobby: Lobby, house: House) -> None:
    root = await administrator(lobby, house)
    root.forgive()
    ada = await house.account(f"Ada {uuid4().hex[:12]}")
    await root.page.route("**/sign-ins", lambda route: route.abort())
    await root.page.goto(f"/admin/users/{ada.user_id}")
    sheet = root.page.get_by_role("dialog", name=ada.name)
    await expect(sheet.get_by_text("This could not be loaded")).to_be_visible()
    await root.page.unroute("**/sign-ins")
    await sheet.get_by_role("button", name="Try again").click()
    devices = sheet.get_by_role("list", name="Where they are signed in").get_by_role("listitem")
    await expect(devices).to_have_count(1)


async def test_an_account_is_changed_and_given_a_role_for_a_time(lobby: Lobby, house: House) -> None:
    root = await administrator(lobby, house)
    mark = uuid4().hex[:12]
    ada = await lobby.host(f"Ada {mark}")
    await root.page.goto(f"/admin/users?q={mark}")
    sheet = await opened(root, ada.name)
    await sheet.get_by_label("Name", exact=True).fill(f"Ada Lovelace {mark}")
    await sheet.get_by_role("button", name="Save").click()
    await expect(root.page.get_by_text("The account is changed.")).to_be_visible()
    sheet = root.page.get_by_role("dialog", name=f"Ada Lovelace {mark}")
    await sheet.get_by_role("button", name="Give a role").click()
    question = root.page.get_by_role("dialog", name=f"Give Ada Lovelace {mark} a role")
    await question.get_by_label("Role").select_option("Administrator")
    await question.get_by_label("Until").fill("2099-12-31T12:00")
    await question.get_by_role("button", name="Give a role").click()
    roles = sheet.get_by_role("list", name="Roles")
    await expect(roles.get_by_text("Administrator")).to_be_visible()
    await expect(roles.get_by_text("Until: 31 Dec 2099")).to_be_visible()
    await ada.page.reload()
    await expect(ada.page.get_by_role("link", name="Admin", exact=True)).to_be_visible()
    await sheet.get_by_role("button", name="Take away: Administrator").click()
    await root.button("Take the role away").click()
    await expect(roles.get_by_text("Administrator")).to_have_count(0)


async def test_somebody_is_locked_out_and_let_in_again(lobby: Lobby, house: House) -> None:
    root = await administrator(lobby, house)
    mark = uuid4().hex[:12]
    ada = await lobby.host(f"Ada {mark}")
    await root.page.goto(f"/admin/users?q={mark}")
    sheet = await opened(root, ada.name)
    await sheet.get_by_role("button", name="Lock out").click()
    question = root.page.get_by_role("dialog", name=f"Lock {ada.name} out?")
    await question.get_by_role("button", name="Lock out").click()
    await expect(sheet.get_by_text("Nowhere at the moment.")).to_be_visible()
    ada.forgive(re.compile("401"))
    await ada.page.reload()
    await expect(ada.page.get_by_role("link", name="Sign in").first).to_be_visible()
    await sheet.get_by_role("button", name="Let in again").click()
    await expect(root.page.get_by_text("can sign in again.")).to_be_visible()


async def test_a_sign_in_is_ended(lobby: Lobby, house: House) -> None:
    root = await administrator(lobby, house)
    mark = uuid4().hex[:12]
    ada = await house.account(f"Ada {mark}")
    await house.sign_in(ada)
    await root.page.goto(f"/admin/users?q={mark}")
    sheet = await opened(root, ada.name)
    devices = sheet.get_by_role("list", name="Where they are signed in").get_by_role("listitem")
    await expect(devices).to_have_count(2)
    await devices.first.get_by_role("button").click()
    await expect(devices).to_have_count(1)


@pytest.mark.parametrize("size", [(1280, 800), (360, 740)], ids=["wide", "narrow"])
async def test_the_sheet_fits_and_axe_finds_nothing(
    lobby: Lobby, house: House, size: tuple[int, int]
) -> None:
    root = await administrator(lobby, house, size=size, bypass_csp=True)
    mark = uuid4().hex[:12]
    ada = await house.account(f"Ada {mark}")
    await root.page.goto(f"/admin/users?q={mark}")
    sheet = await opened(root, ada.name)
    await expect(sheet.get_by_role("button", name="Lock out")).to_be_visible()
    await assert_fits(root.page)
    assert await violations(root.page) == []


async def test_an_account_is_deleted_once_it_is_said_who_takes_its_sessions_over(
    lobby: Lobby, house: House
) -> None:
    root = await administrator(lobby, house, bypass_csp=True)
    root.forgive(re.compile("409"))
    mark = uuid4().hex[:12]
    ada = await house.account(f"Ada {mark}")
    await house.account(f"Grace {mark}")
    await house.post("/sessions", {"title": f"Engines {mark}"}, ada)
    await root.page.goto(f"/admin/users?q={mark}")
    sheet = await opened(root, ada.name)
    await sheet.get_by_role("button", name="Delete account…").click()
    question = root.page.get_by_role("dialog", name=f"Delete the account of {ada.name}?")
    await question.get_by_role("button", name="Delete for good").click()
    await expect(question.get_by_role("list", name=f"{ada.name} owns 1 session")).to_contain_text(
        f"Engines {mark}"
    )
    await question.get_by_role("radio", name="Hand over").check()
    await question.get_by_role("button", name="Delete for good").click()
    await expect(question.get_by_text("Choose who takes them over.")).to_be_visible()
    await question.get_by_label("Search people").fill(f"Grace {mark}")
    successor = question.get_by_label("Who takes over")
    await expect(successor.get_by_role("option")).to_have_count(2)
    await successor.select_option(index=1)
    assert await violations(root.page) == []
    await question.get_by_role("button", name="Delete for good").click()
    await expect(root.page.get_by_text(f"The account of {ada.name} is deleted.")).to_be_visible()
    await expect(root.page.get_by_role("dialog")).to_have_count(0)
    await expect(root.page.get_by_text("1 account", exact=True)).to_be_visible()


async def test_a_lost_second_factor_is_reset(lobby: Lobby, house: House) -> None:
    root = await administrator(lobby, house)
    mark = uuid4().hex[:12]
    ada = await house.account(f"Ada {mark}")
    async with house.context.transaction(Origin()) as tx:
        assert ada.user_id is not None
        factor = SecondFactor(
            tenant_id=DEFAULT_TENANT,
            user_id=ada.user_id,
            secret="-",
            created_at=tx.now,
            updated_at=tx.now,
            confirmed_at=tx.now,
        )
        tx.db.add(factor)
    await root.page.goto(f"/admin/users?q={mark}")
    sheet = await opened(root, ada.name)
    await sheet.get_by_role("button", name="Reset the second factor").click()
    question = root.page.get_by_role("dialog", name=f"Reset the second factor of {ada.name}?")
    await question.get_by_role("button", name="Reset the second factor").click()
    await expect(root.page.get_by_text(f"{ada.name} signs in without a second factor.")).to_be_visible()
    await expect(question).to_have_count(0)
    # Who has none is not offered to lose it, nor is a letter offered on a site that sends none.
    await expect(sheet.get_by_role("button", name="Lock out")).to_be_visible()
    for name in ("Reset the second factor", "Mail a link for a new password"):
        await expect(sheet.get_by_role("button", name=name)).to_have_count(0)

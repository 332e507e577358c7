"""Passwords: changed by who knows the old one, replaced by who can read the mail, and nothing told to strangers."""

import statistics
import time
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from sqlmodel import select

from models.audit.tables import AuditEntry
from models.identity.mailed_tables import MailedToken
from models.identity.tables import User
from models.ids import hash_secret
from tests.identity.people import (
    AUTH,
    COOKIE,
    PASSWORD,
    bearer,
    code_of,
    newcomer,
    register,
    register_by_mail,
    unverified,
)
from tests.identity.post_office import PostOffice, text_of, token_in
from tests.realtime.house import House
from tests.realtime.site import serving

ME = "/api/v1/users/me"
NEW = "a new horse battery"


async def sign_in(http: httpx.AsyncClient, email: str, password: str) -> httpx.Response:
    return await http.post(f"{AUTH}/login", json={"email": email, "password": password})


async def change(http: httpx.AsyncClient, token: str, **fields: object) -> httpx.Response:
    body = {"current_password": PASSWORD, "new_password": NEW, **fields}
    return await http.post(f"{ME}/password", json=body, headers=bearer(token))


async def test_changing_it_ends_the_other_sign_ins(any_house: House) -> None:
    first = await register(any_house.http)
    email = first["user"]["email"]
    second = (await sign_in(any_house.http, email, PASSWORD)).json()["data"]
    assert (await change(any_house.http, second["access_token"])).is_success
    assert code_of(await any_house.http.get(ME, headers=bearer(first["access_token"]))) == (
        401,
        "UNAUTHENTICATED",
    )
    assert (await any_house.http.get(ME, headers=bearer(second["access_token"]))).is_success
    assert code_of(await sign_in(any_house.http, email, PASSWORD)) == (401, "INVALID_CREDENTIALS")
    assert (await sign_in(any_house.http, email, NEW)).is_success


async def test_the_other_sign_ins_stay_on_wish(house: House) -> None:
    first = await register(house.http)
    second = (await sign_in(house.http, first["user"]["email"], PASSWORD)).json()["data"]
    assert (await change(house.http, second["access_token"], end_others=False)).is_success
    assert (await house.http.get(ME, headers=bearer(first["access_token"]))).is_success


async def test_the_current_one_has_to_be_right(house: House) -> None:
    data = await register(house.http)
    wrong = await change(house.http, data["access_token"], current_password="wrong horse battery")
    assert code_of(wrong) == (403, "WRONG_PASSWORD")
    assert (await sign_in(house.http, data["user"]["email"], PASSWORD)).is_success
    async with house.context.database.read() as db:
        query = select(AuditEntry).where(AuditEntry.target_id == UUID(data["user"]["id"]))
        assert "account:password_refused" in {row.action for row in (await db.exec(query)).all()}


def test_guessing_it_is_slowed_down_like_signing_in(tmp_path: Path) -> None:
    with serving(f"sqlite:///{tmp_path / 'a.db'}", failed_sign_ins_per_minute=2) as site:
        token = httpx.post(f"{site.url}{AUTH}/register", json=newcomer()).json()["data"]["access_token"]
        body = {"current_password": "wrong horse battery", "new_password": NEW}
        url = f"{site.url}{ME}/password"
        answers = [httpx.post(url, json=body, headers=bearer(token)).status_code for _ in range(3)]
        assert answers == [403, 403, 429]


async def test_a_forgotten_password_is_replaced_by_mail(mailing: House, office: PostOffice) -> None:
    data = await register_by_mail(mailing.http, office, display_name="Ada")
    email = data["user"]["email"]
    assert (await mailing.http.post(f"{AUTH}/password-reset", json={"email": email})).is_success
    letter = office.letter()
    assert letter["To"] == f"Ada <{email}>"
    assert letter["From"] == "Convene <convene@example.org>"
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    token = token_in(letter)
    cookie = mailing.http.cookies[COOKIE]
    reset = {"token": token, "password": NEW}
    assert (await mailing.http.post(f"{AUTH}/password-reset/confirm", json=reset)).is_success
    assert office.letter()["Subject"] == "Your password was changed"
    assert code_of(await mailing.http.get(ME, headers=bearer(data["access_token"])))[0] == 401
    renewal = await mailing.http.post(f"{AUTH}/refresh", headers={"Cookie": f"{COOKIE}={cookie}"})
    assert code_of(renewal)[0] == 401
    assert code_of(await sign_in(mailing.http, email, PASSWORD)) == (401, "INVALID_CREDENTIALS")
    signed_in = await sign_in(mailing.http, email, NEW)
    assert signed_in.json()["data"]["user"]["is_verified"] is True
    again = await mailing.http.post(f"{AUTH}/password-reset/confirm", json=reset)
    assert code_of(again) == (422, "LINK_NOT_VALID")


async def test_only_the_hash_of_a_token_is_kept_and_the_newest_is_good(
    mailing: House, office: PostOffice
) -> None:
    data = await register_by_mail(mailing.http, office)
    tokens = []
    for _ in range(2):
        await mailing.http.post(f"{AUTH}/password-reset", json={"email": data["user"]["email"]})
        tokens.append(office.token())
    async with mailing.context.database.read() as db:
        query = select(MailedToken).where(
            MailedToken.user_id == UUID(data["user"]["id"]), MailedToken.purpose == "reset_password"
        )
        assert (await db.exec(query)).one().token_hash == hash_secret(tokens[1])
    old = await mailing.http.post(
        f"{AUTH}/password-reset/confirm", json={"token": tokens[0], "password": NEW}
    )
    assert code_of(old) == (422, "LINK_NOT_VALID")


async def test_a_token_runs_out_and_opens_nothing_else(mailing: House, office: PostOffice) -> None:
    data, verification = await unverified(mailing, office)
    await mailing.http.post(f"{AUTH}/password-reset", json={"email": data["user"]["email"]})
    token = office.token()
    for given in (verification, "x", token[:-1]):
        answer = await mailing.http.post(
            f"{AUTH}/password-reset/confirm", json={"token": given, "password": NEW}
        )
        assert code_of(answer) == (422, "LINK_NOT_VALID")
    assert code_of(await mailing.http.post(f"{AUTH}/email", json={"token": token}))[0] == 422
    async with mailing.context.database.read() as db:
        row = (await db.exec(select(MailedToken).where(MailedToken.token_hash == hash_secret(token)))).one()
    await mailing.change(MailedToken, row.id, expires_at=row.created_at)
    late = await mailing.http.post(f"{AUTH}/password-reset/confirm", json={"token": token, "password": NEW})
    assert code_of(late) == (422, "LINK_NOT_VALID")


async def test_nobody_learns_who_has_an_account(mailing: House, office: PostOffice) -> None:
    data = await register_by_mail(mailing.http, office)
    taken: dict[bool, list[float]] = {True: [], False: []}
    answers = []
    for turn in range(24):
        is_known = turn % 2 == 0
        email = data["user"]["email"] if is_known else newcomer()["email"]
        begun = time.perf_counter()
        answer = await mailing.http.post(f"{AUTH}/password-reset", json={"email": email})
        taken[is_known].append(time.perf_counter() - begun)
        answers.append((answer.status_code, answer.json()))
    assert all(answer == answers[0] for answer in answers)
    known, unknown = (statistics.median(taken[one]) for one in (True, False))
    assert abs(known - unknown) < max(known, unknown) * 0.5 + 0.005


async def test_a_closed_account_gets_no_mail(mailing: House, office: PostOffice) -> None:
    closed = await register_by_mail(mailing.http, office)
    await mailing.change(User, UUID(closed["user"]["id"]), is_active=False)
    await mailing.http.post(f"{AUTH}/password-reset", json={"email": closed["user"]["email"]})
    await mailing.http.post(f"{AUTH}/register", json=newcomer(display_name="Next"))
    assert "Next" in text_of(office.letter())


async def test_a_site_without_mail_says_so(house: House, mailing: House) -> None:
    for site, sends_mail in ((house, False), (mailing, True)):
        shown = await site.http.get("/api/v1/site")
        assert shown.json()["data"]["sends_mail"] is sends_mail
    data = await register(house.http)
    reset = await house.http.post(f"{AUTH}/password-reset", json={"email": data["user"]["email"]})
    assert code_of(reset) == (422, "MAIL_NOT_CONFIGURED")
    for path, body in (("verification", {}), ("email", {"email": "a@example.org", "password": PASSWORD})):
        answer = await house.http.post(f"{ME}/{path}", json=body, headers=bearer(data["access_token"]))
        assert code_of(answer) == (422, "MAIL_NOT_CONFIGURED")


def test_nobody_is_flooded_with_mail(tmp_path: Path, office: PostOffice) -> None:
    with serving(f"sqlite:///{tmp_path / 'a.db'}", **office.settings, account_mails_per_hour=3) as site:
        for email in ("known@example.org", "unknown@example.org"):
            httpx.post(f"{site.url}{AUTH}/register", json=newcomer(email=email))
            confirmation = {"token": office.token(), "password": PASSWORD}
            if email.startswith("known"):
                httpx.post(f"{site.url}{AUTH}/register/confirm", json=confirmation)
            url = f"{site.url}{AUTH}/password-reset"
            answers = [httpx.post(url, json={"email": email}).status_code for _ in range(3)]
            assert answers == [200, 200, 429]


@pytest.mark.parametrize("name", ['Eve" <eve@example.org>', "Bcc: eve@example.org", "<b>Eve</b> & {site}"])
async def test_a_name_adds_nothing_to_a_letter(mailing: House, office: PostOffice, name: str) -> None:
    data = await register_by_mail(mailing.http, office, display_name=name)
    await mailing.http.post(f"{AUTH}/password-reset", json={"email": data["user"]["email"]})
    letter = office.letter()
    addresses = letter["To"].addresses
    assert [(one.display_name, one.addr_spec) for one in addresses] == [(name, data["user"]["email"])]
    assert letter["Bcc"] is None
    assert f"Hello {name}," in text_of(letter)
    html = letter.get_body(("html",))
    assert html is not None
    assert "<b>Eve" not in html.get_content()


async def test_mail_comes_in_the_language_one_has_chosen(mailing: House, office: PostOffice) -> None:
    spanish = {"Accept-Language": "es-MX,en;q=0.5"}
    await mailing.http.post(f"{AUTH}/register", json=newcomer(), headers=spanish)
    assert office.letter()["Subject"] == "Termine de crear su cuenta"
    data, _ = await unverified(mailing, office)
    headers = bearer(data["access_token"])
    await mailing.http.patch(ME, json={"preferences": {"language": "de"}}, headers=headers)
    assert (await mailing.http.post(f"{ME}/verification", headers=headers)).is_success
    assert office.letter()["Subject"] == "Bestätigen Sie Ihre E-Mail-Adresse"


async def test_mail_is_handed_in_again(mailing: House, office: PostOffice) -> None:
    office.refuse = 1
    await mailing.http.post(f"{AUTH}/register", json=newcomer(display_name="Patience"))
    assert "Patience" in text_of(office.letter())

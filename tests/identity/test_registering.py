"""Registering, signing in and asking for a new password tell a stranger nothing about who has an account."""

import asyncio
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlmodel import select

from models.context import Context
from models.errors import InvalidCredentials
from models.identity.accounts import Device, log_in
from models.identity.passwords import Passwords
from models.identity.payloads import LogIn, Register
from models.identity.registering import register as register_account
from models.identity.registration_tables import Registration
from models.identity.tables import User
from models.ids import hash_secret
from models.mail import Mail
from models.tables import DEFAULT_TENANT
from models.transaction import Origin
from tests.identity.people import AUTH, PASSWORD, code_of, newcomer, register, register_by_mail
from tests.identity.post_office import PostOffice
from tests.realtime.house import House
from tests.realtime.site import serving

ORIGIN = Origin("test")
DEVICE = Device("192.0.2.7", "pytest")
CONFIRM = f"{AUTH}/register/confirm"


class CountedPasswords(Passwords):
    """Counts the runs of argon2, which are what takes the time."""

    runs = 0

    async def hash(self, password: str) -> str:
        self.runs += 1
        return await super().hash(password)

    async def matches(self, password: str, password_hash: str | None) -> bool:
        self.runs += 1
        return await super().matches(password, password_hash)


@dataclass
class LetterBox:
    """A post office that keeps everything."""

    is_on: bool = True
    mails: list[Mail] = field(default_factory=list)

    def send(self, mail: Mail) -> None:
        self.mails.append(mail)

    async def stop(self) -> None:
        return None


def counted(house: House, *, mails: bool) -> tuple[Context, CountedPasswords, LetterBox]:
    passwords, box = CountedPasswords(2), LetterBox(is_on=mails)
    context = replace(house.context, passwords=passwords, mailer=box)
    return context.within(DEFAULT_TENANT), passwords, box


async def test_registering_by_mail_is_answered_alike_and_costs_alike(any_house: House) -> None:
    context, passwords, box = counted(any_house, mails=True)
    known = (await register(any_house.http))["user"]["email"]
    answers, runs = [], []
    for email in (known, newcomer()["email"]):
        before = passwords.runs
        data = Register.model_validate(newcomer(email=email))
        answers.append(await register_account(context, ORIGIN, data, DEVICE))
        runs.append(passwords.runs - before)
        async with context.database.read() as db:
            query = select(Registration).where(Registration.email == email)
            assert len((await db.exec(query)).all()) == 1
    assert answers[0] == answers[1]
    assert runs == [1, 1]
    assert [(mail.letter, bool(mail.token)) for mail in box.mails] == [
        ("already_registered", False),
        ("register", True),
    ]


async def test_signing_in_costs_alike(house: House) -> None:
    context, passwords, _ = counted(house, mails=False)
    known = (await register(house.http))["user"]["email"]
    closed = (await register(house.http))["user"]
    await house.change(User, UUID(closed["id"]), is_active=False)
    for email in (known, newcomer()["email"], closed["email"]):
        before = passwords.runs
        data = LogIn.model_validate({"email": email, "password": "wrong horse battery"})
        with pytest.raises(InvalidCredentials):
            await log_in(context, ORIGIN, data, DEVICE)
        assert passwords.runs - before == 1


async def test_over_rest_the_answers_are_the_same(mailing: House, office: PostOffice) -> None:
    known = await register_by_mail(mailing.http, office)
    answers = [
        await mailing.http.post(f"{AUTH}/register", json=newcomer(email=email))
        for email in (known["user"]["email"], newcomer()["email"])
    ]
    assert [(one.status_code, one.json(), one.headers.get("set-cookie")) for one in answers] == [
        (202, {"success": True, "data": {"mailed": True}}, None)
    ] * 2
    subjects = {office.letter()["Subject"] for _ in answers}
    assert subjects == {"You have an account already", "Finish making your account"}


async def test_an_account_begins_when_its_address_has_answered(mailing: House, office: PostOffice) -> None:
    person = newcomer(username="grace.hopper")
    await mailing.http.post(f"{AUTH}/register", json=person)
    early = {"email": person["email"], "password": PASSWORD}
    assert code_of(await mailing.http.post(f"{AUTH}/login", json=early)) == (401, "INVALID_CREDENTIALS")
    body = {"token": office.token(), "password": PASSWORD}
    made = await mailing.http.post(CONFIRM, json=body)
    assert made.status_code == 201
    user = made.json()["data"]["user"]
    assert (user["is_verified"], user["username"], user["roles"]) == (True, "grace.hopper", ["lecturer"])
    assert (await mailing.http.post(f"{AUTH}/login", json=early)).is_success
    assert code_of(await mailing.http.post(CONFIRM, json=body)) == (422, "LINK_NOT_VALID")


async def test_whoever_has_the_mail_needs_the_password_too(mailing: House, office: PostOffice) -> None:
    # A stranger has asked for an account with her address: opening the link must not make it theirs.
    person = newcomer(password="what Eve has chosen")
    await mailing.http.post(f"{AUTH}/register", json=person)
    body = {"token": office.token(), "password": PASSWORD}
    assert code_of(await mailing.http.post(CONFIRM, json=body)) == (403, "WRONG_PASSWORD")
    own = await register_by_mail(mailing.http, office, email=person["email"])
    assert own["user"]["email"] == person["email"]
    # With it what Eve had asked for is gone.
    late = {**body, "password": "what Eve has chosen"}
    assert code_of(await mailing.http.post(CONFIRM, json=late)) == (422, "LINK_NOT_VALID")


async def test_a_registration_runs_out(mailing: House, office: PostOffice) -> None:
    await mailing.http.post(f"{AUTH}/register", json=newcomer())
    token = office.token()
    async with mailing.context.database.read() as db:
        row = (await db.exec(select(Registration).where(Registration.token_hash == hash_secret(token)))).one()
    await mailing.change(Registration, row.id, expires_at=row.created_at)
    for given in (token, "nonsense"):
        answer = await mailing.http.post(CONFIRM, json={"token": given, "password": PASSWORD})
        assert code_of(answer) == (422, "LINK_NOT_VALID")


async def test_of_two_who_open_the_link_at_once_one_is_in(mailing: House, office: PostOffice) -> None:
    await mailing.http.post(f"{AUTH}/register", json=newcomer())
    body = {"token": office.token(), "password": PASSWORD}
    answers = await asyncio.gather(*(mailing.http.post(CONFIRM, json=body) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [201, 422]


async def test_a_username_that_is_taken_is_not_told(any_house: House) -> None:
    first = await register(any_house.http, username="ada.l")
    second = await register(any_house.http, username="ada.l")
    assert (first["user"]["username"], second["user"]["username"]) == ("ada.l", "ada.l2")


def test_without_mail_few_addresses_can_be_tried(tmp_path: Path) -> None:
    with serving(f"sqlite:///{tmp_path / 'a.db'}", taken_addresses_per_hour=2) as site:

        def ask(**fields: Any) -> httpx.Response:
            return httpx.post(f"{site.url}{AUTH}/register", json=newcomer(**fields))

        person = newcomer()
        assert ask(**person).status_code == 201
        assert [code_of(ask(email=person["email"])) for _ in range(2)] == [(409, "ACCOUNT_EXISTS")] * 2
        # From now on a new address and a known one are told apart no longer.
        answers = [code_of(ask(email=email)) for email in (person["email"], newcomer()["email"])]
        assert answers == [(429, "RATE_LIMITED")] * 2

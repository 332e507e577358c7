"""One's own address: verified, and changed only to one that answers."""

from tests.identity.people import AUTH, PASSWORD, bearer, code_of, newcomer, register_by_mail, unverified
from tests.identity.post_office import PostOffice, text_of
from tests.realtime.house import House

ME = "/api/v1/users/me"


async def test_an_address_is_verified_by_the_link_in_a_letter(mailing: House, office: PostOffice) -> None:
    data, token = await unverified(mailing, office)
    confirmed = await mailing.http.post(f"{AUTH}/email", json={"token": token})
    assert confirmed.json()["data"] == {"email": data["user"]["email"]}
    headers = bearer(data["access_token"])
    assert (await mailing.http.get(ME, headers=headers)).json()["data"]["is_verified"] is True
    assert code_of(await mailing.http.post(f"{AUTH}/email", json={"token": token})) == (422, "LINK_NOT_VALID")
    # There is nothing left to verify, and no mail for it.
    assert (await mailing.http.post(f"{ME}/verification", headers=headers)).is_success


async def test_an_address_is_changed_once_the_new_one_answers(mailing: House, office: PostOffice) -> None:
    data = await register_by_mail(mailing.http, office)
    old, new = data["user"]["email"], newcomer()["email"]
    headers = bearer(data["access_token"])
    await mailing.http.post(f"{AUTH}/password-reset", json={"email": old})
    reset = office.token()
    body = {"email": new.upper(), "password": PASSWORD}
    assert (await mailing.http.post(f"{ME}/email", json=body, headers=headers)).is_success
    assert (await mailing.http.get(ME, headers=headers)).json()["data"]["email"] == old
    letter = office.letter()
    assert letter["To"].addresses[0].addr_spec == new
    token = text_of(letter).split("#")[1].split()[0]
    assert (await mailing.http.post(f"{AUTH}/email", json={"token": token})).is_success
    changed = (await mailing.http.get(ME, headers=headers)).json()["data"]
    assert (changed["email"], changed["is_verified"]) == (new, True)
    told = office.letter()
    assert told["To"].addresses[0].addr_spec == old
    assert new in text_of(told)
    # What went to the old address opens nothing any more.
    late = {"token": reset, "password": "a new horse battery"}
    assert code_of(await mailing.http.post(f"{AUTH}/password-reset/confirm", json=late))[0] == 422


async def test_it_takes_the_password(mailing: House, office: PostOffice) -> None:
    data = await register_by_mail(mailing.http, office)
    body = {"email": newcomer()["email"], "password": "wrong horse battery"}
    answer = await mailing.http.post(f"{ME}/email", json=body, headers=bearer(data["access_token"]))
    assert code_of(answer) == (403, "WRONG_PASSWORD")


async def test_an_address_that_is_taken_sounds_like_any_other(mailing: House, office: PostOffice) -> None:
    other = await register_by_mail(mailing.http, office)
    data = await register_by_mail(mailing.http, office, display_name="Eve")
    headers = bearer(data["access_token"])
    answers = []
    for email in (other["user"]["email"], newcomer()["email"]):
        body = {"email": email, "password": PASSWORD}
        answers.append(await mailing.http.post(f"{ME}/email", json=body, headers=headers))
    assert answers[0].json() == answers[1].json()
    # The one letter that comes is the second one's.
    assert office.letter()["To"].addresses[0].addr_spec != other["user"]["email"]


async def test_of_two_who_want_one_address_the_first_has_it(mailing: House, office: PostOffice) -> None:
    wanted, tokens = newcomer()["email"], []
    for _ in range(2):
        data = await register_by_mail(mailing.http, office)
        body = {"email": wanted, "password": PASSWORD}
        await mailing.http.post(f"{ME}/email", json=body, headers=bearer(data["access_token"]))
        tokens.append(office.token())
    answers = [await mailing.http.post(f"{AUTH}/email", json={"token": token}) for token in tokens]
    assert answers[0].is_success
    assert code_of(answers[1]) == (422, "LINK_NOT_VALID")

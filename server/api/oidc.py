"""Signing in at another site: there, back again, and the identities that are linked to one's account.

Both ways are pages of the browser's, not requests of the client's: whatever comes of them is an address to go to, and
always one of this site.
"""

import re
from http import HTTPStatus
from typing import Final
from urllib.parse import quote, urlencode

from pydantic import ConfigDict, Field
from sqlmodel.ext.asyncio.session import AsyncSession

from models.context import Context
from models.errors import ConveneError, NotFound, ProviderRefused, RateLimited, SecondFactorRequired
from models.identity.accounts import Device, SignedInAccount
from models.identity.linked_identities import (
    list_identities,
    note_refused_identity,
    sign_in_by,
    unlink_identity,
)
from models.identity.payloads import Slug
from models.ids import hash_secret
from models.text import Payload
from models.transaction import Transaction
from server.http.call import Call
from server.http.cookies import set_refresh_cookie
from server.http.flow_cookie import PATH, KeptFlow, begin_flow, forget_flow, keep_flow, kept_flow
from server.http.languages import spoken_language
from server.http.reply import Reply
from server.http.sites import at, host_slug

_OWN_PATH: Final = re.compile(r"/(?![/\\])[^\x00-\x20\x7f\\]*")
_AFTERWARDS: Final = "/sign-in"


class StartQuery(Payload):
    """Where signing in at another site is to lead."""

    next: str = Field(
        "/", max_length=500, description="A path of this site; anything else leads to its first page."
    )
    tenant: Slug | None = Field(None, description="With whom, where the host name does not say it.")


class ReturnQuery(Payload):
    """What the other site says; more than this it may say, and nobody listens."""

    model_config = ConfigDict(extra="ignore")

    state: str = Field("", max_length=200)
    code: str = Field("", max_length=2_000)
    error: str = Field("", max_length=200)
    iss: str | None = Field(None, max_length=255)


async def start_oidc(call: Call) -> Reply:
    """Go to the other site (303), to sign in there. For browsers: open it as a page."""
    _check_offered(call)
    next_path = call.query.next if _OWN_PATH.fullmatch(call.query.next) else "/"
    elsewhere = _public_start(call, next_path)
    if elsewhere is not None:
        return _go(elsewhere)
    try:
        await call.limit("oidc", call.context.settings.registrations_per_minute)
        context = await at(call, call.query.tenant)
        kept = begin_flow(context.tenant_id, next_path, context.clock.now())
        address = await context.provider.address(kept.flow, _redirect_uri(context))
    except ConveneError as error:
        return _refused(error, next_path)
    return _go(address, keep_flow(call.request, call.context.settings, kept))


async def finish_oidc(call: Call) -> Reply:
    """Come back from the other site, signed in (303). For browsers: the other site sends them here."""
    _check_offered(call)
    settings = call.context.settings
    forget = forget_flow(call.request, settings)
    kept = kept_flow(call.request, settings)
    next_path = "/" if kept is None else kept.next
    try:
        await call.limit("oidc", settings.registrations_per_minute)
        account = await _signed_in(call, kept)
    except SecondFactorRequired as asked:
        # Behind the #, where no log of a server has it.
        step = quote(str(asked.details["challenge"]), safe="")
        return _go(f"{_AFTERWARDS}?{urlencode({'next': next_path})}#{step}", forget)
    except ConveneError as error:
        return _refused(error, next_path, forget)
    signed_in = urlencode({"next": next_path, "from": "provider"})
    cookie = set_refresh_cookie(call.request, settings, account.refresh_token)
    return _go(f"{_AFTERWARDS}?{signed_in}", forget, cookie)


async def show_identities(call: Call, db: AsyncSession) -> Reply:
    """The identities at other sites that sign in to one's account."""
    return Reply(await list_identities(db, call.who().account()))


async def unlink(call: Call, tx: Transaction) -> Reply:
    """Take one of them off one's account. The last way in stays."""
    await unlink_identity(tx, call.who(), call.ids["identity_id"])
    return Reply()


async def _signed_in(call: Call, kept: KeptFlow | None) -> SignedInAccount:
    said: ReturnQuery = call.query
    provider, now = call.context.provider, call.context.clock.now()
    if kept is None or not kept.answers(said.state, now) or said.iss not in (None, provider.issuer):
        refusal = ProviderRefused()
        note_refused_identity(call.context, call.origin, refusal)
        raise refusal
    context = call.context.within(kept.tenant_id)
    try:
        await _use_up(context, kept)
        if not said.code:
            raise ProviderRefused
        shown = await provider.identify(kept.flow, said.code, _redirect_uri(context))
    except ConveneError as error:
        note_refused_identity(context, call.origin, error)
        raise
    agent = call.request.headers.get("user-agent", "")
    device = Device(call.address, agent, spoken_language(call.request))
    return await sign_in_by(context, call.origin, shown, device)


async def _use_up(context: Context, kept: KeptFlow) -> None:
    try:
        await context.limits.hit_hourly("oidc_state", hash_secret(kept.state), 1)
    except RateLimited as error:
        raise ProviderRefused from error


def _check_offered(call: Call) -> None:
    if call.context.provider.name is None:
        raise NotFound


def _redirect_uri(context: Context) -> str:
    return f"{(context.settings.public_url or '').rstrip('/')}{PATH}/callback"


def _public_start(call: Call, next_path: str) -> str | None:
    # The other site sends everybody back to the one address that it knows; the cookie has to be that one's.
    public = call.context.settings.public_url or ""
    slug = host_slug(call.request.headers.get("host", ""), public)
    if slug is None:
        return None
    asked = urlencode({"next": next_path, "tenant": call.query.tenant or slug})
    return f"{public.rstrip('/')}{PATH}/start?{asked}"


def _refused(error: ConveneError, next_path: str, *headers: tuple[str, str]) -> Reply:
    return _go(f"{_AFTERWARDS}?{urlencode({'next': next_path, 'refused': error.code})}", *headers)


def _go(address: str, *headers: tuple[str, str]) -> Reply:
    return Reply(status=HTTPStatus.SEE_OTHER, headers=(("Location", address), *headers))

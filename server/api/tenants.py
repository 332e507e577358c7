"""Tenants: how one shows itself, one's own, and for super administrators all of them."""

import re
from typing import Final

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response

from models.context import Context
from models.errors import NotFound
from models.identity import invitations, tenants
from models.identity.invitations import look_at_invitation
from models.identity.logos import logo_key, remove_logo, set_logo
from models.identity.tenant_payloads import (
    CreatedTenant,
    InvitationShown,
    InvitationView,
    ShownSite,
    SiteView,
    TenantView,
)
from models.identity.tenants import load_tenant
from models.transaction import Transaction
from server.http.call import Call
from server.http.languages import spoken_language
from server.http.paged import paged
from server.http.pages import FOR_EVER
from server.http.reply import Reply
from server.http.sites import meant_tenant

_LOGO: Final = re.compile(r"([0-9a-f]{32})\.webp")


async def show_site(call: Call) -> Reply:
    """How a tenant shows itself: the one that is named, else one's own, else the one of the host name."""
    if call.claims is not None and call.query.tenant is None:
        async with call.context.database.read() as db:
            tenant = await load_tenant(db, call.claims.tenant_id)
    else:
        tenant = await meant_tenant(call, call.query.tenant)
    context = call.context
    return Reply(ShownSite.at(tenant, context.provider.name, sends_mail=context.mailer.is_on))


async def show_invitation(call: Call) -> Reply:
    """What the token from a mail invites to."""
    await call.limit("mailed_token", call.context.settings.failed_sign_ins_per_minute)
    async with call.context.transaction(call.origin) as tx:
        found = await look_at_invitation(tx, call.body.token)
        tenant = await load_tenant(tx.db, found.tenant_id)
    return Reply(InvitationShown(email=found.email, site=SiteView.of(tenant)))


async def show_own_tenant(call: Call, db: AsyncSession) -> Reply:
    """One's own tenant, for its administrators."""
    return Reply(TenantView.of(await tenants.show_own_tenant(db, call.who())))


async def change_own_tenant(call: Call, tx: Transaction) -> Reply:
    """Change name, look, registration or limits. Only what is given changes.

    Limits are raised above the default by super administrators alone.
    """
    return Reply(TenantView.of(await tenants.change_own_tenant(tx, call.who(), call.body)))


async def upload_logo(call: Call) -> Reply:
    """Send the tenant's logo: the file itself is the body."""
    principal = await call.identify()
    return Reply(TenantView.of(await set_logo(call.context, call.origin, principal, call.body)))


async def delete_logo(call: Call) -> Reply:
    """Take the tenant's logo away."""
    return Reply(TenantView.of(await remove_logo(call.context, call.origin, await call.identify())))


async def list_invitations(call: Call, db: AsyncSession) -> Reply:
    """Every invitation to the tenant, the newest first."""
    found = await invitations.list_invitations(db, call.who(), call.query)
    return paged(found, InvitationView.of, call.query.page, call.query.limit)


async def create_invitation(call: Call, tx: Transaction) -> Reply:
    """Invite somebody to have an account. The link is mailed, good once and for two weeks."""
    who = call.who()
    tenant = await load_tenant(tx.db, who.tenant_id)
    language = spoken_language(call.request)
    invitation, token = await invitations.invite(tx, who, tenant, call.body, language)
    if call.context.mailer.is_on:
        # What is refused now is rolled back.
        per_hour = call.context.settings.account_mails_per_hour
        await call.context.limits.hit_hourly("account_mail", invitation.email, per_hour)
    return Reply(InvitationView.of(invitation, None if call.context.mailer.is_on else token))


async def delete_invitation(call: Call, tx: Transaction) -> Reply:
    """Take an invitation back."""
    await invitations.take_back_invitation(tx, call.who(), call.ids["invitation_id"])
    return Reply()


async def list_all_tenants(call: Call) -> Reply:
    """Every tenant of the site, for super administrators."""
    principal = await call.identify()
    async with call.context.everywhere().database.read() as db:
        found = await tenants.list_tenants(db, principal, call.query)
    return paged(found, TenantView.of, call.query.page, call.query.limit)


async def create_a_tenant(call: Call) -> Reply:
    """Make a tenant, and invite who is to administer it."""
    principal = await call.identify()
    async with call.context.everywhere().transaction(call.origin) as tx:
        tenant, token = await tenants.create_tenant(tx, principal, call.body)
    shown = None if call.context.mailer.is_on else token
    return Reply(CreatedTenant(tenant=TenantView.of(tenant), invitation_token=shown))


async def show_tenant(call: Call) -> Reply:
    """One tenant, for super administrators."""
    principal = await call.identify()
    async with call.context.everywhere().database.read() as db:
        return Reply(TenantView.of(await tenants.show_any_tenant(db, principal, call.ids["tenant_id"])))


async def change_a_tenant(call: Call) -> Reply:
    """Change a tenant, close it or open it again. Who is in a closed one is cut off within a second."""
    principal = await call.identify()
    async with call.context.everywhere().transaction(call.origin) as tx:
        tenant = await tenants.change_any_tenant(tx, principal, call.ids["tenant_id"], call.body)
    return Reply(TenantView.of(tenant))


async def show_logo(request: Request) -> Response:
    """A logo; under its address there will never be another. Raises NotFound."""
    named = _LOGO.fullmatch(request.path_params["file"])
    if named is None:
        raise NotFound
    context: Context = request.state.context
    content = await context.storage.read(logo_key(named[1]))
    if content is None:
        raise NotFound
    headers = {"Cache-Control": FOR_EVER, "Cross-Origin-Resource-Policy": "same-origin"}
    return Response(content, media_type="image/webp", headers=headers)

"""What comes in and goes out about tenants."""

from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from models.identity.avatar_urls import logo_url
from models.identity.invitation_tables import TenantInvitation
from models.identity.payloads import Email, Slug
from models.identity.tables import Tenant
from models.identity.tenant_settings import (
    Accent,
    Domain,
    Registration,
    RegistrationRules,
    TenantLimits,
    limits_of,
    rules_of,
)
from models.paging import PageQuery
from models.text import Moment, OneLine, Payload, View

TenantName = Annotated[str, OneLine(120)]


class SiteQuery(Payload):
    """Which tenant is meant, where the host name does not say it."""

    tenant: Slug | None = None


class SiteView(View):
    """How a tenant shows itself to everybody, also to whom is not signed in."""

    slug: str
    name: str
    accent: str | None
    logo_url: str | None
    registration: Registration = Field(description="Who may make an account: an invitation is always good.")

    @classmethod
    def of(cls, tenant: Tenant) -> Self:
        return cls(
            slug=tenant.slug,
            name=tenant.name,
            accent=tenant.accent,
            logo_url=logo_url(tenant.logo),
            registration=rules_of(tenant.settings).registration,
        )


class ShownSite(SiteView):
    """The same, and what the site can do by itself."""

    provider: str | None = Field(
        description="What the button to sign in at another site says; null without one."
    )
    sends_mail: bool = Field(
        description="Whether addresses are confirmed and forgotten passwords replaced by mail; else neither is."
    )

    @classmethod
    def at(cls, tenant: Tenant, provider: str | None, *, sends_mail: bool) -> Self:
        return cls(**SiteView.of(tenant).model_dump(), provider=provider, sends_mail=sends_mail)


class TenantView(SiteView):
    """A tenant, as its administrators see it."""

    id: UUID
    is_active: bool
    domains: tuple[str, ...]
    limits: TenantLimits
    created_at: Moment
    updated_at: Moment

    @classmethod
    def of(cls, tenant: Tenant) -> Self:
        rules = rules_of(tenant.settings)
        return cls(
            **SiteView.of(tenant).model_dump(),
            id=tenant.id,
            is_active=tenant.is_active,
            domains=rules.domains,
            limits=limits_of(tenant.limits),
            created_at=tenant.created_at,
            updated_at=tenant.updated_at,
        )


class TenantQuery(PageQuery):
    """Which tenants."""

    q: str | None = Field(None, max_length=120, description="Part of the name or the slug.")
    active: bool | None = None


class LimitChanges(Payload):
    """Only what is given changes; null goes back to the default."""

    requests_per_hour: int | None = Field(None, ge=1, le=100_000_000)
    sessions_per_hour: int | None = Field(None, ge=1, le=1_000_000)
    enrolments_per_hour: int | None = Field(None, ge=1, le=1_000_000)
    announcements_per_hour: int | None = Field(None, ge=1, le=1_000_000)


class UpdateTenant(Payload):
    """Only what is given changes."""

    name: TenantName | None = None
    registration: Registration | None = None
    domains: tuple[Domain, ...] | None = Field(None, max_length=50)
    accent: Accent | None = Field(None, description="Null: the site's own.")
    limits: LimitChanges | None = None

    def rules(self, before: RegistrationRules) -> RegistrationRules:
        """The rules with what is given in place of their own. Raises ValueError."""
        given = self.model_dump(include={"registration", "domains"}, exclude_none=True)
        return RegistrationRules.model_validate({**before.model_dump(), **given})


class UpdateAnyTenant(UpdateTenant):
    """Only what is given changes. A tenant that is not active is closed: nobody of it can sign in or do anything."""

    slug: Slug | None = None
    is_active: bool | None = None


class CreateTenant(Payload):
    """A new tenant. Whoever has `admin_email` is invited to administer it."""

    slug: Slug
    name: TenantName
    registration: Registration = Registration.INVITATION
    domains: tuple[Domain, ...] = Field((), max_length=50)
    admin_email: Email | None = None

    @model_validator(mode="after")
    def _rules_are_whole(self) -> Self:
        RegistrationRules(registration=self.registration, domains=self.domains)
        return self


class Invite(Payload):
    """Somebody who is to have an account."""

    email: Email
    role_id: UUID | None = Field(None, description="A role of the tenant; that of newcomers if left out.")


class InvitationView(View):
    """An invitation. Its token is mailed and never shown again."""

    id: UUID
    email: str
    role_id: UUID
    created_at: Moment
    expires_at: Moment
    accepted_at: Moment | None
    token: str | None = Field(
        None, description="Only in the answer to making it, and only where the site sends no mail."
    )

    @classmethod
    def of(cls, invitation: TenantInvitation, token: str | None = None) -> Self:
        return cls.model_validate({**invitation.model_dump(), "token": token})


class CreatedTenant(View):
    """A new tenant, and the token by which its administrator makes their account, where the site sends no mail."""

    tenant: TenantView
    invitation_token: str | None


class ShowInvitation(Payload):
    """The token from the mail."""

    token: str = Field(min_length=1, max_length=100)


class InvitationShown(View):
    """What somebody is invited to."""

    email: str
    site: SiteView

"""What a tenant decides for itself: who may register, how it looks, and how much it may ask for."""

import re
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator

from models.text import Payload

MOST_DOMAINS = 50
_DOMAIN = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")


class Registration(StrEnum):
    """Who may make an account. An invitation is good with each of them."""

    OPEN = "open"
    DOMAINS = "domains"
    INVITATION = "invitation"


def _domain(value: str) -> str:
    # As it stands in addresses: people type "@example.com" as well.
    name = value.strip().lower().removeprefix("@").encode("idna").decode()
    if _DOMAIN.fullmatch(name) is None:
        raise ValueError("must be a domain, for example example.com")
    return name


Domain = Annotated[str, Field(max_length=253, examples=["example.com"]), AfterValidator(_domain)]


class RegistrationRules(Payload):
    """Who may make an account here."""

    registration: Registration = Registration.OPEN
    domains: Annotated[
        tuple[Domain, ...],
        Field(max_length=MOST_DOMAINS, description="What stands behind the @ of who may register."),
    ] = ()

    @model_validator(mode="after")
    def _has_domains(self) -> Self:
        if self.registration is Registration.DOMAINS and not self.domains:
            raise ValueError("domains: name at least one")
        return self


class TenantLimits(Payload):
    """How much may be asked for. What is left out is as the seed has it."""

    requests_per_hour: int = Field(1_000, ge=1, le=100_000_000, description="REST, by the whole tenant.")
    sessions_per_hour: int = Field(10, ge=1, le=1_000_000, description="Made by one person.")
    enrolments_per_hour: int = Field(100, ge=1, le=1_000_000, description="In one session.")
    announcements_per_hour: int = Field(20, ge=1, le=1_000_000, description="In one session.")


Accent = Annotated[
    str,
    Field(
        pattern=r"^#[0-9a-f]{6}$", examples=["#0b6e63"], description="What is made of it keeps its contrast."
    ),
]


def limits_of(stored: dict[str, Any]) -> TenantLimits:
    """The limits of a tenant that stored these; what this version does not know is passed over."""
    return TenantLimits.model_validate(
        {key: value for key, value in stored.items() if key in TenantLimits.model_fields}
    )


def rules_of(stored: dict[str, Any]) -> RegistrationRules:
    """Who may register with a tenant that stored these; what this version does not know is passed over."""
    return RegistrationRules.model_validate(
        {key: value for key, value in stored.items() if key in RegistrationRules.model_fields}
    )

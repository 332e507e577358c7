"""What comes in and goes out about accounts."""

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, EmailStr, Field, SecretStr, StringConstraints, field_validator

from models.identity.passwords import Password
from models.identity.preferences import Preferences, known
from models.identity.standing import Standing
from models.identity.tables import User
from models.permissions import Permission
from models.rooms.payloads import DisplayName
from models.text import Moment, Payload, View

Email = Annotated[EmailStr, Field(max_length=254), AfterValidator(str.lower)]
Username = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, to_lower=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{1,38}[A-Za-z0-9]$"
    ),
    Field(description="3 to 40 letters, digits, dots, dashes or underscores."),
]


Slug = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, to_lower=True, pattern=r"^[A-Za-z0-9]([A-Za-z0-9-]{0,38}[A-Za-z0-9])?$"
    ),
    Field(description="How addresses call it: letters, digits and dashes.", examples=["acme"]),
]


class Register(Payload):
    """A new account."""

    email: Email
    password: Password
    display_name: DisplayName
    username: Username | None = Field(None, description="Made from the e-mail address if left out.")
    tenant: Slug | None = Field(None, description="With whom, where the host name does not say it.")
    invitation: str | None = Field(None, min_length=1, max_length=100, description="The token from the mail.")


class LogIn(Payload):
    """Signs in with an e-mail address (or username) and password."""

    email: Annotated[str, Field(min_length=1, max_length=254, description="E-mail address or username.")]
    password: Annotated[SecretStr, Field(min_length=1, max_length=200)]
    tenant: Slug | None = Field(None, description="With whom, where the host name does not say it.")


class SecondStep(Payload):
    """The second step of signing in: what the first answered with, and a code of the authenticator or for recovery."""

    challenge: Annotated[str, Field(min_length=1, max_length=2_048)]
    code: Annotated[str, Field(min_length=6, max_length=40, examples=["123456"])]


class UpdateMe(Payload):
    """Only the fields that are given change, within the preferences too."""

    display_name: DisplayName | None = None
    username: Username | None = None
    preferences: Preferences | None = None


class UserView(View):
    """An account as its owner sees it."""

    id: UUID
    email: str
    username: str
    display_name: str
    roles: tuple[str, ...] = Field(description="The keys of the roles one has in the tenant now.")
    permissions: list[Permission] = Field(description="What they allow, in the tenant and in its sessions.")
    preferences: Preferences
    created_at: Moment
    last_login_at: Moment | None
    avatar_url: str | None = Field(description="One's own picture, whether or not others see it.")
    is_verified: bool = Field(description="Whether the e-mail address was shown to be theirs.")
    has_password: bool = Field(description="Not so where one has only ever signed in at another site.")

    @field_validator("preferences", mode="before")
    @classmethod
    def _of_this_version(cls, stored: Any) -> Any:
        return known(stored) if isinstance(stored, dict) else stored

    @classmethod
    def of(cls, user: User, standing: Standing) -> Self:
        held = {
            "roles": standing.roles,
            "permissions": sorted(standing.permissions),
            "avatar_url": user.avatar_url,
            "is_verified": user.is_verified,
            "has_password": bool(user.password_hash),
        }
        return cls.model_validate({**user.model_dump(), **held})


class SignedIn(View):
    """An access token and whose it is. The refresh token is a cookie that scripts cannot read."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - names a scheme
    expires_at: Moment
    user: UserView

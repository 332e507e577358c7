"""What comes in and goes out about accounts."""

from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, EmailStr, Field, SecretStr, StringConstraints

from models.identity.tables import User
from models.permissions import AccountRole
from models.rooms.payloads import DisplayName
from models.text import Language, Moment, Payload, View

Email = Annotated[EmailStr, Field(max_length=254), AfterValidator(str.lower)]
Username = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, to_lower=True, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{1,38}[A-Za-z0-9]$"
    ),
    Field(description="3 to 40 letters, digits, dots, dashes or underscores."),
]
Password = Annotated[SecretStr, Field(min_length=10, max_length=200, description="At least 10 characters.")]


class Register(Payload):
    """A new account."""

    email: Email
    password: Password
    display_name: DisplayName
    username: Username | None = Field(None, description="Made from the e-mail address if left out.")


class LogIn(Payload):
    """Signs in with an e-mail address (or username) and password."""

    email: Annotated[str, Field(min_length=1, max_length=254, description="E-mail address or username.")]
    password: Annotated[SecretStr, Field(min_length=1, max_length=200)]


class Preferences(Payload):
    """How somebody wants to see the site."""

    language: Language = "en"
    theme: Literal["system", "light", "dark"] = "system"


class UpdateMe(Payload):
    """Only the fields that are given change."""

    display_name: DisplayName | None = None
    preferences: Preferences | None = None


class UserView(View):
    """An account as its owner sees it."""

    id: UUID
    email: str
    username: str
    display_name: str
    role: AccountRole
    preferences: Preferences
    created_at: Moment
    last_login_at: Moment | None

    @classmethod
    def of(cls, user: User) -> Self:
        return cls.model_validate(user, from_attributes=True)


class SignedIn(View):
    """An access token and whose it is. The refresh token is a cookie that scripts cannot read."""

    access_token: str
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - names a scheme
    expires_at: Moment
    user: UserView

"""What is mailed to people, as the domain says it; how it is worded and sent is the business of a `Mailer`."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Letter(StrEnum):
    """Why somebody gets mail."""

    INVITATION = "invitation"
    REGISTER = "register"
    ALREADY_REGISTERED = "already_registered"
    VERIFY_EMAIL = "verify_email"
    CHANGE_EMAIL = "change_email"
    EMAIL_CHANGED = "email_changed"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - says why, not what
    PASSWORD_CHANGED = "password_changed"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Mail:
    """One letter to one address. `token` goes into the link it holds, if it holds one; it is never logged."""

    letter: Letter
    to: str
    name: str
    language: str | None
    token: str = ""
    new_email: str = ""
    tenant: str = ""


class Mailer(Protocol):
    """Whoever carries mail. Sending must not block and must not fail."""

    @property
    def is_on(self) -> bool:
        """Whether this site sends mail at all."""
        ...

    def send(self, mail: Mail) -> None:
        """Takes a letter whose reason is committed."""
        ...

    async def stop(self) -> None:
        """Sends what is left, as far as there is time."""
        ...


class NoMailer:
    """A site that sends no mail."""

    is_on = False

    def send(self, mail: Mail) -> None:
        """Lets it be."""

    async def stop(self) -> None:
        """There is nothing left."""

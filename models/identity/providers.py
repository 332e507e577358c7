"""Another site that says who somebody is (OpenID Connect): what use cases know of it."""

from dataclasses import dataclass
from typing import Protocol

from models.errors import NotFound


@dataclass(frozen=True, slots=True)
class Flow:
    """What one browser is to bring back from there, and what shows that it began here. Never leaves that browser."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class ShownIdentity:
    """Who somebody is there, as a checked ID token says. `subject` never changes and is nobody else's."""

    issuer: str
    subject: str
    email: str | None
    is_email_verified: bool
    name: str | None


class Provider(Protocol):
    """A site to sign in at."""

    @property
    def name(self) -> str | None:
        """What its button says; None where there is none."""
        ...

    @property
    def issuer(self) -> str:
        """How it names itself."""
        ...

    async def address(self, flow: Flow, redirect_uri: str) -> str:
        """Where to send a browser. Raises ProviderUnavailable."""
        ...

    async def identify(self, flow: Flow, code: str, redirect_uri: str) -> ShownIdentity:
        """Who came back with this code. Raises ProviderRefused, ProviderUnavailable."""
        ...

    async def stop(self) -> None:
        """Lets its connections go."""
        ...


class NoProvider:
    """A site that knows its people by their passwords alone."""

    name = None
    issuer = ""

    async def address(self, flow: Flow, redirect_uri: str) -> str:
        """There is none. Raises NotFound."""
        raise NotFound

    async def identify(self, flow: Flow, code: str, redirect_uri: str) -> ShownIdentity:
        """There is none. Raises NotFound."""
        raise NotFound

    async def stop(self) -> None:
        """There is nothing to let go."""

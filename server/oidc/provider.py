"""Signing in at another site: the authorization code flow of OpenID Connect, with PKCE."""

import base64
import hashlib
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote, urlencode

import structlog

from models.clock import Clock
from models.errors import ProviderRefused
from models.identity.providers import Flow, NoProvider, ShownIdentity
from models.settings import Settings
from server.oidc.discovery import Discovery, Metadata
from server.oidc.fetching import Fetching
from server.oidc.id_tokens import read_id_token

log = structlog.get_logger(__name__)

SCOPE: Final = "openid email profile"
MAX_ERROR_CHARS: Final = 60


def missing_for_provider(settings: Settings) -> list[str]:
    """The variables that are still unset. Without a public address a stranger's request would say where to return."""
    needed = {
        "CONVENE_OIDC_ISSUER": settings.oidc_issuer,
        "CONVENE_OIDC_CLIENT_ID": settings.oidc_client_id,
        "CONVENE_PUBLIC_URL": settings.public_url,
    }
    return [name for name, value in needed.items() if not value]


def choose_provider(settings: Settings, clock: Clock) -> "OpenIdProvider | NoProvider":
    """Where people may sign in besides here."""
    return NoProvider() if missing_for_provider(settings) else OpenIdProvider(settings, clock)


class OpenIdProvider:
    """A site that speaks OpenID Connect. Implements `models.identity.providers.Provider`."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.name: str | None = settings.oidc_name
        self.issuer = settings.oidc_issuer or ""
        self._client_id = settings.oidc_client_id or ""
        self._secret = settings.oidc_client_secret
        self._clock = clock
        self._fetching = Fetching()
        self._discovery = Discovery(self.issuer, self._fetching, clock)

    async def address(self, flow: Flow, redirect_uri: str) -> str:
        """Where to send a browser. Raises ProviderUnavailable."""
        url = (await self._discovery.metadata()).authorization
        asked = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": redirect_uri,
            "scope": SCOPE,
            "state": flow.state,
            "nonce": flow.nonce,
            "code_challenge": _challenge(flow.verifier),
            "code_challenge_method": "S256",
        }
        return f"{url}{'&' if '?' in url else '?'}{urlencode(asked)}"

    async def identify(self, flow: Flow, code: str, redirect_uri: str) -> ShownIdentity:
        """Who came back with this code. Raises ProviderRefused, ProviderUnavailable."""
        metadata = await self._discovery.metadata()
        tokens = await self._exchange(metadata, flow, code, redirect_uri)
        claims = await read_id_token(
            tokens.get("id_token"),
            discovery=self._discovery,
            issuer=self.issuer,
            client_id=self._client_id,
            nonce=flow.nonce,
            now=self._clock.now(),
        )
        if "email" not in claims and metadata.userinfo is not None:
            claims = await self._with_userinfo(metadata.userinfo, claims, tokens.get("access_token"))
        email, name = claims.get("email"), claims.get("name")
        return ShownIdentity(
            issuer=self.issuer,
            subject=claims["sub"],
            email=email if isinstance(email, str) else None,
            is_email_verified=claims.get("email_verified") is True,
            name=name if isinstance(name, str) else None,
        )

    async def stop(self) -> None:
        """Lets the connections go."""
        await self._fetching.stop()

    async def _exchange(self, metadata: Metadata, flow: Flow, code: str, redirect_uri: str) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": flow.verifier,
        }
        auth = None
        if self._secret is not None and metadata.takes_basic:
            # Encoded as forms are before they are joined (RFC 6749, 2.3.1).
            auth = (quote(self._client_id, safe=""), quote(self._secret, safe=""))
        else:
            form["client_id"] = self._client_id
            form |= {} if self._secret is None else {"client_secret": self._secret}
        status, said = await self._fetching.post(metadata.token, form, auth)
        if status != HTTPStatus.OK:
            log.warning("oidc.code_refused", status=status, error=str(said.get("error"))[:MAX_ERROR_CHARS])
            raise ProviderRefused
        return said

    async def _with_userinfo(self, url: str, claims: dict[str, Any], token: object) -> dict[str, Any]:
        if not isinstance(token, str):
            return claims
        said = await self._fetching.get(url, {"Authorization": f"Bearer {token}"})
        if said.get("sub") != claims["sub"]:
            # Somebody else's: what was signed counts.
            raise ProviderRefused
        return {**claims, **{name: said.get(name) for name in ("email", "email_verified", "name")}}


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()

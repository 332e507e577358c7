"""The refresh cookie: scripts cannot read it, other sites cannot send it, only /api/v1/auth gets it."""

from typing import Literal

from starlette.requests import Request
from starlette.responses import Response

from models.addresses import is_trusted
from models.settings import Settings

NAME = "convene_refresh"
PATH = "/api/v1/auth"


def refresh_cookie(request: Request) -> str | None:
    """The refresh token the browser sent."""
    return request.cookies.get(NAME)


def set_refresh_cookie(request: Request, settings: Settings, token: str) -> tuple[str, str]:
    """The header that keeps a refresh token in the browser."""
    return cookie_header(request, settings, NAME, token, settings.refresh_token_ttl_s, path=PATH)


def clear_refresh_cookie(request: Request, settings: Settings) -> tuple[str, str]:
    """The header that makes the browser forget it."""
    return cookie_header(request, settings, NAME, "", 0, path=PATH)


def cookie_header(
    request: Request,
    settings: Settings,
    name: str,
    value: str,
    max_age_s: int,
    *,
    path: str,
    samesite: Literal["strict", "lax"] = "strict",
) -> tuple[str, str]:
    """The header that sets a cookie which scripts cannot read, and which TLS sites get by TLS only."""
    response = Response()
    response.set_cookie(
        name,
        value,
        max_age=max_age_s,
        path=path,
        secure=is_https(request, settings),
        httponly=True,
        samesite=samesite,
    )
    return "Set-Cookie", response.headers["set-cookie"]


def is_https(request: Request, settings: Settings) -> bool:
    """Whether the browser came by TLS, as far as can be told."""
    if (settings.public_url or "").lower().startswith("https://"):
        # Said by the site itself: where TLS ends before us, the request alone does not show it.
        return True
    peer = request.client.host if request.client else None
    if is_trusted(peer, settings.trusted_proxies):
        told = request.headers.get("x-forwarded-proto", "").rpartition(",")[2].strip().lower()
        if told:
            return told == "https"
    return request.url.scheme == "https"

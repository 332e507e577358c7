"""The refresh cookie: scripts cannot read it, other sites cannot send it, only /api/v1/auth gets it."""

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
    return _set_cookie(request, settings, token, settings.refresh_token_ttl_s)


def clear_refresh_cookie(request: Request, settings: Settings) -> tuple[str, str]:
    """The header that makes the browser forget it."""
    return _set_cookie(request, settings, "", 0)


def _set_cookie(request: Request, settings: Settings, value: str, max_age_s: int) -> tuple[str, str]:
    response = Response()
    response.set_cookie(
        NAME,
        value,
        max_age=max_age_s,
        path=PATH,
        secure=_is_https(request, settings),
        httponly=True,
        samesite="strict",
    )
    return "Set-Cookie", response.headers["set-cookie"]


def _is_https(request: Request, settings: Settings) -> bool:
    if (settings.public_url or "").lower().startswith("https://"):
        # Said by the site itself: where TLS ends before us, the request alone does not show it.
        return True
    peer = request.client.host if request.client else None
    if is_trusted(peer, settings.trusted_proxies):
        told = request.headers.get("x-forwarded-proto", "").rpartition(",")[2].strip().lower()
        if told:
            return told == "https"
    return request.url.scheme == "https"

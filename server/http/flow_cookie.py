"""The cookie that binds a sign-in at another site to the browser in which it was begun."""

import secrets
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from models.identity.providers import Flow
from models.ids import new_secret
from models.sealing import Sealing
from models.settings import Settings
from server.http.cookies import cookie_header

NAME: Final = "convene_oidc"
PATH: Final = "/api/v1/auth/oidc"
GOOD_FOR: Final = timedelta(minutes=10)
PURPOSE: Final = "sign-in at another site"
MAX_COOKIE_CHARS: Final = 4_096


class KeptFlow(BaseModel):
    """What was begun: for which tenant, and where it is to lead."""

    state: str
    nonce: str
    verifier: str
    tenant_id: UUID
    next: str
    expires_at: datetime

    @property
    def flow(self) -> Flow:
        return Flow(self.state, self.nonce, self.verifier)

    def answers(self, state: str, now: datetime) -> bool:
        """Whether this is the state that came back, in time."""
        return now < self.expires_at and secrets.compare_digest(self.state.encode(), state.encode())


def begin_flow(tenant_id: UUID, next_path: str, now: datetime) -> KeptFlow:
    """A flow that nobody can guess anything of."""
    return KeptFlow(
        state=new_secret(),
        nonce=new_secret(),
        verifier=secrets.token_urlsafe(48),
        tenant_id=tenant_id,
        next=next_path,
        expires_at=now + GOOD_FOR,
    )


def keep_flow(request: Request, settings: Settings, kept: KeptFlow) -> tuple[str, str]:
    """The header that keeps it in the browser, sealed: neither scripts nor the provider get to see it."""
    sealed = Sealing(settings.signing_key, PURPOSE).seal(kept.model_dump_json())
    return _set(request, settings, sealed, int(GOOD_FOR.total_seconds()))


def forget_flow(request: Request, settings: Settings) -> tuple[str, str]:
    """The header that makes the browser forget it."""
    return _set(request, settings, "", 0)


def kept_flow(request: Request, settings: Settings) -> KeptFlow | None:
    """What this browser has begun here, if it has."""
    sealed = request.cookies.get(NAME, "")
    if not sealed or len(sealed) > MAX_COOKIE_CHARS:
        return None
    opened = Sealing(settings.signing_key, PURPOSE).open(sealed)
    try:
        return None if opened is None else KeptFlow.model_validate_json(opened)
    except ValidationError:
        return None


def _set(request: Request, settings: Settings, value: str, max_age_s: int) -> tuple[str, str]:
    # The provider sends the browser back by a link, as "strict" would not let through.
    return cookie_header(request, settings, NAME, value, max_age_s, path=PATH, samesite="lax")

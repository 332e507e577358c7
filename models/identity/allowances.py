"""How much a tenant may ask for each hour, as it is set there: counted like all limits, looked up rarely."""

import time
from collections.abc import Callable
from uuid import UUID

from sqlmodel import select

from models.database import Database
from models.errors import RateLimited
from models.identity.tables import Tenant
from models.identity.tenant_settings import TenantLimits, limits_of
from models.limits import Allowance, Limits

KEPT_S = 5.0
"""How long the limits of a tenant are taken for what they were: a change is felt that much later."""


class Allowances:
    """The hourly limits of every tenant. Where they are off, nothing is counted."""

    def __init__(
        self, database: Database, limits: Limits, *, is_on: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._database = database
        self._limits = limits
        self._is_on = is_on
        self._clock = clock
        self._kept: dict[UUID, tuple[float, TenantLimits]] = {}

    async def count_request(self, tenant_id: UUID) -> Allowance | None:
        """Counts a request with a token against the whole tenant. One that is refused says so in what it returns."""
        if not self._is_on:
            return None
        per_hour = (await self._of(tenant_id)).requests_per_hour
        return await self._limits.spend_hourly("tenant_request", str(tenant_id), per_hour)

    async def count_session(self, tenant_id: UUID, user_id: UUID) -> None:
        """Counts a session that somebody makes. Raises RateLimited."""
        await self._count(tenant_id, "session_made", user_id, lambda limits: limits.sessions_per_hour)

    async def count_enrolment(self, tenant_id: UUID, session_id: UUID) -> None:
        """Counts an account that is given a place in a session. Raises RateLimited."""
        await self._count(tenant_id, "enrolment", session_id, lambda limits: limits.enrolments_per_hour)

    async def count_announcement(self, tenant_id: UUID, session_id: UUID) -> None:
        """Counts a word to everybody who waits for a session. Raises RateLimited."""
        await self._count(tenant_id, "announcement", session_id, lambda limits: limits.announcements_per_hour)

    async def _count(self, tenant_id: UUID, what: str, who: UUID, of: Callable[[TenantLimits], int]) -> None:
        if not self._is_on:
            return
        per_hour = of(await self._of(tenant_id))
        allowance = await self._limits.spend_hourly(what, str(who), per_hour)
        if allowance.is_spent:
            raise RateLimited(allowance.reset_s, _SPENT.format(per_hour=per_hour), per_hour=per_hour)

    async def _of(self, tenant_id: UUID) -> TenantLimits:
        until, kept = self._kept.get(tenant_id, (0.0, None))
        if kept is None or until <= self._clock():
            async with self._database.read() as db:
                stored = (await db.exec(select(Tenant.limits).where(Tenant.id == tenant_id))).first()
            kept = limits_of(dict(stored or {}))
            self._kept[tenant_id] = (self._clock() + KEPT_S, kept)
        return kept


_SPENT = "That was done {per_hour} times within the hour, which is as often as it may be. Try again later."

"""Where somebody is signed in, and ending it."""

from typing import Self
from uuid import UUID

from pydantic import Field
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from models.clock import Clock
from models.errors import SignInNotFound
from models.identity.devices import Form, describe_device
from models.identity.principals import Principal
from models.identity.tables import SignIn, User
from models.text import Moment, View
from models.transaction import Transaction

MAX_LISTED = 100


class SignInView(View):
    """One of one's own sign-ins."""

    id: UUID
    browser: str | None = Field(description="Null where it cannot be told, as for a program.")
    system: str | None
    form: Form
    address: str = Field(description="Where it was begun from.")
    created_at: Moment
    last_used_at: Moment = Field(description="When it was last renewed: to a quarter of an hour.")
    is_current: bool = Field(description="The one this is asked with.")

    @classmethod
    def of(cls, sign_in: SignIn, current_id: UUID | None) -> Self:
        device = describe_device(sign_in.user_agent)
        return cls(
            id=sign_in.id,
            browser=device.browser,
            system=device.system,
            form=device.form,
            address=sign_in.address,
            created_at=sign_in.created_at,
            last_used_at=sign_in.refreshed_at,
            is_current=sign_in.id == current_id,
        )


class EndedSignIns(View):
    """How many sign-ins were ended."""

    ended: int


async def list_sign_ins(
    db: AsyncSession, principal: Principal, clock: Clock, user: User | None = None
) -> list[SignInView]:
    """Where one is signed in (or another account is), this one first, then by last use."""
    wanted = _alive(user or principal.account()).where(col(SignIn.expires_at) > clock.now())
    rows = (await db.exec(wanted.order_by(col(SignIn.refreshed_at).desc()).limit(MAX_LISTED))).all()
    shown = [SignInView.of(row, principal.sign_in_id) for row in rows]
    return sorted(shown, key=lambda one: not one.is_current)


async def end_one_sign_in(tx: Transaction, user: User, sign_in_id: UUID, by: Principal | None = None) -> None:
    """Ends one of an account's sign-ins: its tokens and sockets are dead within a second. Raises SignInNotFound."""
    found = (await tx.db.exec(_alive(user).where(SignIn.id == sign_in_id).with_for_update())).first()
    if found is None:
        raise SignInNotFound
    end_sign_in(tx, user, found, "account:sign_in_ended", by)


async def end_sign_ins(
    tx: Transaction, user: User, action: str, except_id: UUID | None = None, by: Principal | None = None
) -> EndedSignIns:
    """Ends all sign-ins of somebody but one; `by` somebody else or themselves."""
    rows = (await tx.db.exec(_alive(user).with_for_update())).all()
    others = [row for row in rows if row.id != except_id]
    for row in others:
        end_sign_in(tx, user, row, action, by)
    return EndedSignIns(ended=len(others))


def end_sign_in(
    tx: Transaction, user: User, sign_in: SignIn, action: str, by: Principal | None = None
) -> None:
    """Ends a sign-in and notes why."""
    sign_in.revoked_at = sign_in.updated_at = tx.now
    tx.revoke(user.tenant_id, sign_in.id)
    tx.acts_for(None, (by or user).id, (by or user).who)
    tx.audit(user.tenant_id, action, user.id)


def _alive(user: User) -> SelectOfScalar[SignIn]:
    return select(SignIn).where(
        SignIn.user_id == user.id, col(SignIn.revoked_at).is_(None), col(SignIn.scopes).is_(None)
    )

"""Accounts: register, sign in, stay signed in, sign out, oneself."""

from sqlmodel.ext.asyncio.session import AsyncSession

from models.identity.accounts import (
    Device,
    SignedInAccount,
    log_in,
    log_out,
    log_out_by_refresh_token,
    refresh,
    register_account,
    update_me,
)
from models.identity.payloads import SignedIn, UserView
from models.rooms.payloads import Done
from models.transaction import Transaction
from server.http.call import Call
from server.http.cookies import clear_refresh_cookie, refresh_cookie, set_refresh_cookie
from server.http.reply import Reply


async def register(call: Call) -> Reply:
    """Make an account and sign it in. The refresh token comes as a cookie."""
    await call.limit("register", call.context.settings.registrations_per_minute)
    return _signed_in(call, await register_account(call.context, call.origin, call.body, _device(call)))


async def sign_in(call: Call) -> Reply:
    """Sign in with e-mail address (or username) and password."""
    return _signed_in(call, await log_in(call.context, call.origin, call.body, _device(call)))


async def refresh_sign_in(call: Call) -> Reply:
    """Exchange the refresh cookie for a fresh access token and a fresh cookie. Each cookie is good once."""
    return _signed_in(call, await refresh(call.context, call.origin, refresh_cookie(call.request)))


async def sign_out(call: Call, tx: Transaction) -> Reply:
    """End this sign-in: its tokens, its cookie and its sockets. Without one, nothing happens."""
    token = refresh_cookie(call.request)
    if call.principal is not None:
        await log_out(tx, call.principal)
    elif token is not None:
        await log_out_by_refresh_token(tx, token)
    return Reply(Done(), headers=(clear_refresh_cookie(call.request, call.context.settings),))


async def show_me(call: Call, _db: AsyncSession) -> Reply:
    """One's own account."""
    return Reply(UserView.of(call.who().account()))


async def change_me(call: Call, tx: Transaction) -> Reply:
    """Change one's own name or preferences. Only what is given changes."""
    return Reply(UserView.of(await update_me(tx, call.who(), call.body)))


def _signed_in(call: Call, account: SignedInAccount) -> Reply:
    data = SignedIn(
        access_token=account.access_token,
        expires_at=account.access_expires_at,
        user=UserView.of(account.user),
    )
    cookie = set_refresh_cookie(call.request, call.context.settings, account.refresh_token)
    return Reply(data, headers=(cookie,))


def _device(call: Call) -> Device:
    return Device(call.address, call.request.headers.get("user-agent", ""))

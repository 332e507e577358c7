"""Accounts: register, sign in, stay signed in, sign out."""

from models.identity.accounts import (
    Device,
    SignedInAccount,
    log_in,
    log_out,
    log_out_by_refresh_token,
    refresh,
    take_second_step,
)
from models.identity.payloads import SignedIn, UserView
from models.identity.registering import MailSent, confirm_registration
from models.identity.registering import register as register_account
from models.rooms.payloads import Done
from models.transaction import Transaction
from server.http.call import Call
from server.http.cookies import clear_refresh_cookie, refresh_cookie, set_refresh_cookie
from server.http.languages import spoken_language
from server.http.reply import Reply
from server.http.sites import at


async def register(call: Call) -> Reply:
    """Make an account and sign it in (201). The refresh token comes as a cookie.

    Where the site sends mail, the answer is 202 for every address, and the account is made by the link in the mail.
    """
    await call.limit("register", call.context.settings.registrations_per_minute)
    # An invitation says itself to which tenant.
    context = call.context if call.body.invitation is not None else await at(call, call.body.tenant)
    made = await register_account(context, call.origin, call.body, _device(call))
    return Reply(made, status=202) if isinstance(made, MailSent) else _signed_in(call, made)


async def confirm_register(call: Call) -> Reply:
    """Make the account that a mail was about: with its token, and the password that was chosen. Signs in."""
    await call.limit("mailed_token", call.context.settings.failed_sign_ins_per_minute)
    made = await confirm_registration(call.context, call.origin, call.body, _device(call))
    return _signed_in(call, made)


async def sign_in(call: Call) -> Reply:
    """Sign in with e-mail address (or username) and password."""
    context = await at(call, call.body.tenant)
    return _signed_in(call, await log_in(context, call.origin, call.body, _device(call)))


async def second_step(call: Call) -> Reply:
    """Go on where signing in was answered with SECOND_FACTOR_REQUIRED: with its challenge and a code."""
    return _signed_in(call, await take_second_step(call.context, call.origin, call.body, _device(call)))


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


def _signed_in(call: Call, account: SignedInAccount) -> Reply:
    data = SignedIn(
        access_token=account.access_token,
        expires_at=account.access_expires_at,
        user=UserView.of(account.user, account.standing),
    )
    cookie = set_refresh_cookie(call.request, call.context.settings, account.refresh_token)
    return Reply(data, headers=(cookie,))


def _device(call: Call) -> Device:
    return Device(call.address, call.request.headers.get("user-agent", ""), spoken_language(call.request))

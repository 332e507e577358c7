"""One's own account: profile, picture, password, address, and where one is signed in."""

from sqlmodel.ext.asyncio.session import AsyncSession

from models.identity.avatars import remove_avatar, set_avatar
from models.identity.erasing import erase_me
from models.identity.export import export_own_data
from models.identity.own_email import confirm_email, request_email_change, request_verification
from models.identity.own_password import change_password
from models.identity.owned import load_owned
from models.identity.password_resets import request_reset, reset_password
from models.identity.payloads import UserView
from models.identity.profile import update_me
from models.identity.sign_ins import end_one_sign_in, end_sign_ins, list_sign_ins
from models.rooms.payloads import Done
from models.transaction import Transaction
from server.http.call import Call
from server.http.cookies import clear_refresh_cookie
from server.http.languages import spoken_language
from server.http.reply import Reply
from server.http.sites import at

EXPORTS_PER_MINUTE = 5


async def show_me(call: Call, _db: AsyncSession) -> Reply:
    """One's own account."""
    who = call.who()
    return Reply(UserView.of(who.account(), who.standing))


async def change_me(call: Call, tx: Transaction) -> Reply:
    """Change one's own name, username or preferences. Only what is given changes, within the preferences too."""
    who = call.who()
    return Reply(UserView.of(await update_me(tx, who, call.body), who.standing))


async def upload_avatar(call: Call) -> Reply:
    """Send one's own picture: the file itself is the body. The middle of it is kept, as a square."""
    principal = await call.identify()
    user = await set_avatar(call.context, call.origin, principal.account(), call.body)
    return Reply(UserView.of(user, principal.standing))


async def delete_avatar(call: Call) -> Reply:
    """Take one's own picture away."""
    principal = await call.identify()
    user = await remove_avatar(call.context, call.origin, principal.account())
    return Reply(UserView.of(user, principal.standing))


async def change_own_password(call: Call) -> Reply:
    """Change one's own password, or set a first one, and sign out everywhere else unless told not to."""
    principal = await call.identify()
    user, sign_in_id = principal.account(), principal.sign_in_id
    await change_password(call.context, call.origin, user, sign_in_id, call.body)
    return Reply(Done())


async def ask_for_reset(call: Call) -> Reply:
    """Have a link mailed by which a forgotten password can be replaced. Whether anybody has the address is not told."""
    await _limit_mail(call)
    await request_reset(
        await at(call, call.body.tenant), call.origin, call.body, spoken_language(call.request)
    )
    return Reply(Done())


async def confirm_reset(call: Call) -> Reply:
    """Choose a new password with the token from the mail. Every sign-in ends."""
    await call.limit("mailed_token", call.context.settings.failed_sign_ins_per_minute)
    await reset_password(call.context, call.origin, call.body)
    return Reply(Done())


async def ask_for_verification(call: Call) -> Reply:
    """Have a link mailed by which one's own address is verified."""
    principal = await call.identify()
    await _limit_mail(call)
    language = spoken_language(call.request)
    await request_verification(call.context, call.origin, principal.account(), language)
    return Reply(Done())


async def ask_for_email_change(call: Call) -> Reply:
    """Have a link mailed to a new address; once it is opened, the address is the account's."""
    principal = await call.identify()
    await _limit_mail(call)
    language = spoken_language(call.request)
    await request_email_change(call.context, call.origin, principal.account(), call.body, language)
    return Reply(Done())


async def confirm_address(call: Call, tx: Transaction) -> Reply:
    """Verify an address with the token from the mail."""
    return Reply(await confirm_email(tx, call.body))


async def list_own_sign_ins(call: Call, db: AsyncSession) -> Reply:
    """Where one is signed in: this one first, then by last use."""
    return Reply(await list_sign_ins(db, call.who(), call.context.clock))


async def end_own_sign_in(call: Call, tx: Transaction) -> Reply:
    """Sign out somewhere else. Its tokens and sockets are dead within a second."""
    await end_one_sign_in(tx, call.who().account(), call.ids["sign_in_id"])
    return Reply()


async def end_other_sign_ins(call: Call, tx: Transaction) -> Reply:
    """Sign out everywhere else."""
    principal = call.who()
    user = principal.account()
    return Reply(await end_sign_ins(tx, user, "account:sign_in_ended", except_id=principal.sign_in_id))


async def export_me(call: Call, db: AsyncSession) -> Reply:
    """Everything that is kept of oneself, as one archive."""
    await call.context.limits.hit("export", str(call.who().id), EXPORTS_PER_MINUTE)
    archive = await export_own_data(db, call.who(), call.context.clock)
    name = ("Content-Disposition", 'attachment; filename="convene-export.json"')
    return Reply(archive, headers=(name,))


async def _limit_mail(call: Call) -> None:
    await call.limit("mail", call.context.settings.mail_requests_per_minute)


async def show_owned(call: Call, db: AsyncSession) -> Reply:
    """What one owns, and who could take it over: what deleting one's account asks about."""
    return Reply(await load_owned(db, call.who().account()))


async def delete_me(call: Call) -> Reply:
    """Delete one's own account for good. In sessions, history and chat one is a former participant from then on.

    Refused with the list of one's sessions, unless `reassign_to` or `archive` says what becomes of them.
    """
    await erase_me(call.context, call.origin, await call.identify(), call.body)
    return Reply(Done(), headers=(clear_refresh_cookie(call.request, call.context.settings),))

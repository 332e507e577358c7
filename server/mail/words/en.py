"""English."""

from models.mail import Letter
from server.mail.words.wording import Wording

_HELLO = "Hello {name},"

ENGLISH = {
    Letter.INVITATION: Wording(
        "You are invited to {tenant}",
        _HELLO,
        "you are invited to have an account at {tenant}. The link is good for two weeks, and once.",
        "Make your account",
        "If you do not know what this is about, you can ignore this message.",
    ),
    Letter.REGISTER: Wording(
        "Finish making your account",
        _HELLO,
        "somebody, probably you, wants an account with this address. Open the link and enter the password you have "
        "chosen. The link is good for one day.",
        "Go on",
        "If that was not you, ignore this message: no account is made.",
    ),
    Letter.ALREADY_REGISTERED: Wording(
        "You have an account already",
        _HELLO,
        "somebody, probably you, wanted to make an account with this address. There is one: sign in with it at {site}, "
        "or choose a new password there if you have forgotten yours.",
        "",
        "If that was not you, you need not do anything: whoever asked was not told that you have an account.",
    ),
    Letter.VERIFY_EMAIL: Wording(
        "Confirm your e-mail address",
        _HELLO,
        "please confirm that this address is yours. The link is good for three days.",
        "Confirm address",
        "If you have no account at {site}, you can ignore this message.",
    ),
    Letter.CHANGE_EMAIL: Wording(
        "Confirm your new e-mail address",
        _HELLO,
        "you want to use this address for your account from now on. The link is good for one day.",
        "Use this address",
        "If that was not you, ignore this message: nothing changes.",
    ),
    Letter.EMAIL_CHANGED: Wording(
        "Your e-mail address was changed",
        _HELLO,
        "the e-mail address of your account is now {new_email}.",
        "",
        "If that was not you, tell whoever runs {site} at once.",
    ),
    Letter.RESET_PASSWORD: Wording(
        "Choose a new password",
        _HELLO,
        "somebody, probably you, has asked for a new password. The link is good for one hour, and once.",
        "Choose a new password",
        "If that was not you, ignore this message: your password stays as it is.",
    ),
    Letter.PASSWORD_CHANGED: Wording(
        "Your password was changed",
        _HELLO,
        "the password of your account was changed just now.",
        "",
        "If that was not you, choose a new one at once with “Forgot your password?” at {site}.",
    ),
}

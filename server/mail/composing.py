"""From a letter to a message that mail programs understand: text, and the same as simple HTML."""

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid, parseaddr
from html import escape
from typing import Final
from urllib.parse import urlsplit

from models.clock import Clock
from models.mail import Letter, Mail
from server.mail.wording import Spoken, spoken

# Behind the # stands what no server sees: neither ours in its logs, nor whoever a page is fetched through.
PATHS: Final = {
    Letter.INVITATION: "/register#",
    Letter.REGISTER: "/confirm-registration#",
    Letter.VERIFY_EMAIL: "/confirm-email#",
    Letter.CHANGE_EMAIL: "/confirm-email#",
    Letter.RESET_PASSWORD: "/reset-password#",
}
_NO_HEADER: Final = re.compile(r"[\x00-\x1f\x7f\u0085\u2028\u2029]+")

_HTML: Final = """\
<!doctype html>
<html lang="{language}"><body style="margin:0;padding:32px 16px;background:#f6f8f7;color:#16201e;\
font:16px/1.5 system-ui,-apple-system,'Segoe UI',Roboto,sans-serif">
<div style="max-width:480px;margin:0 auto;padding:32px;background:#ffffff;border:1px solid #dde4e1;border-radius:12px">
<h1 style="margin:0 0 16px;font-size:20px;line-height:1.3">{subject}</h1>
<p style="margin:0 0 4px">{hello}</p>
<p style="margin:0 0 24px">{text}</p>
{action}<p style="margin:0;font-size:13px;color:#53615d">{small}</p>
</div></body></html>
"""
_BUTTON: Final = """\
<p style="margin:0 0 24px"><a href="{link}" style="display:inline-block;padding:10px 20px;border-radius:8px;\
background:#0b6e63;color:#ffffff;text-decoration:none;font-weight:600">{action}</a></p>
"""


def compose(mail: Mail, sender: str, public_url: str, clock: Clock) -> EmailMessage:
    """The message, ready to be sent."""
    site = public_url.rstrip("/")
    words = spoken(mail.letter, mail.language)
    message = EmailMessage()
    name, address = parseaddr(sender)
    message["From"] = _address(name, address)
    message["To"] = _address(mail.name, mail.to)
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = make_msgid(domain=address.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    link = f"{site}{PATHS[mail.letter]}{mail.token}" if mail.letter in PATHS else ""
    given = {
        "name": mail.name,
        "site": urlsplit(site).netloc,
        "new_email": mail.new_email,
        "tenant": mail.tenant,
    }
    message["Subject"] = _NO_HEADER.sub(" ", words.wording.subject.format_map(given))
    message.set_content(_text(words, given, link))
    message.add_alternative(_html(words, given, link), subtype="html")
    return message


def _address(name: str, address: str) -> Address:
    # A name is what somebody typed; a line break in it would begin a header of theirs.
    user, _, domain = address.rpartition("@")
    return Address(_NO_HEADER.sub(" ", name), user, domain)


def _text(words: Spoken, given: dict[str, str], link: str) -> str:
    wording = words.wording
    parts = [wording.hello.format_map(given), wording.text.format_map(given)]
    if link:
        parts.append(f"{wording.action}:\n{link}")
    parts.append(wording.small.format_map(given))
    return "\n\n".join(parts) + "\n"


def _html(words: Spoken, given: dict[str, str], link: str) -> str:
    wording = words.wording
    safe = {key: escape(value) for key, value in given.items()}
    button = _BUTTON.format(link=escape(link), action=escape(wording.action)) if link else ""
    return _HTML.format(
        language=words.language,
        subject=escape(wording.subject).format_map(safe),
        hello=wording.hello.format_map(safe),
        text=wording.text.format_map(safe),
        action=button,
        small=wording.small.format_map(safe),
    )

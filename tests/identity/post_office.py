"""A real SMTP server on this machine, and the letters that reach it."""

import queue
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Final

from aiosmtpd.controller import Controller

from tests.services.ports import LOOPBACK, free_port

PATIENCE_S: Final = 15.0
PUBLIC_URL: Final = "https://meet.example.org"


@dataclass
class PostOffice:
    """Takes mail for anybody. `refuse` makes it say no so many times first."""

    port: int
    letters: "queue.Queue[EmailMessage]" = field(default_factory=queue.Queue)
    refuse: int = 0

    @property
    def settings(self) -> dict[str, Any]:
        """What a site needs to hand its mail in here."""
        return {
            "smtp_url": f"smtp://{LOOPBACK}:{self.port}",
            "mail_from": "Convene <convene@example.org>",
            "public_url": PUBLIC_URL,
        }

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Keeps a letter."""
        if self.refuse > 0:
            self.refuse -= 1
            return "451 try again later"
        self.letters.put(message_from_bytes(envelope.content, policy=policy.default))
        return "250 kept"

    def letter(self) -> EmailMessage:
        """The next letter that comes."""
        return self.letters.get(timeout=PATIENCE_S)

    def token(self) -> str:
        """The token in the next letter."""
        return token_in(self.letter())


def text_of(letter: EmailMessage) -> str:
    """The part that is plain text."""
    body = letter.get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    return text


def token_in(letter: EmailMessage) -> str:
    """What stands behind the # of its link."""
    found = re.search(re.escape(PUBLIC_URL) + r"/[a-z-]+#(\S+)", text_of(letter))
    assert found is not None
    return found.group(1)


@contextmanager
def open_post_office() -> Iterator[PostOffice]:
    office = PostOffice(free_port())
    controller = Controller(office, hostname=LOOPBACK, port=office.port)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()

"""Mail by SMTP: taken at once, sent one after the other beside everything else, tried again where that may help."""

import asyncio
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final, Self
from urllib.parse import unquote, urlsplit

import aiosmtplib
import structlog

from models.clock import Clock
from models.mail import Mail
from models.settings import Settings
from server.mail.composing import compose

log = structlog.get_logger(__name__)

TIMEOUT_S: Final = 20.0
RETRY_AFTER_S: Final = (2.0, 15.0, 60.0)
MOST_WAITING: Final = 1_000
LOOPBACK: Final = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed in, and how."""

    host: str
    port: int
    is_tls: bool
    must_start_tls: bool
    user: str | None
    password: str | None

    @classmethod
    def of(cls, url: str) -> Self:
        """From an address such as smtp://user:password@host:587 or smtps://host."""
        parts = urlsplit(url)
        is_tls = parts.scheme == "smtps"
        user = None if parts.username is None else unquote(parts.username)
        host = parts.hostname or "localhost"
        return cls(
            host=host,
            port=parts.port or (465 if is_tls else 587),
            is_tls=is_tls,
            # A password must not go out in the clear because somebody on the way has struck out STARTTLS.
            must_start_tls=user is not None and not is_tls and host not in LOOPBACK,
            user=user,
            password=None if parts.password is None else unquote(parts.password),
        )

    def client(self, tls: ssl.SSLContext, timeout_s: float = TIMEOUT_S) -> aiosmtplib.SMTP:
        """A connection to it, not yet open."""
        return aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            use_tls=self.is_tls,
            start_tls=None if self.is_tls is False and not self.must_start_tls else self.must_start_tls,
            username=self.user,
            password=self.password,
            timeout=timeout_s,
            tls_context=tls,
        )


class SmtpMailer:
    """Sends what it is given. Implements `models.mail.Mailer`."""

    is_on = True

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._server = Server.of(settings.smtp_url or "")
        # Made once: to read all authorities takes so long that whoever asks next would notice that mail was sent.
        self._tls = ssl.create_default_context()
        self._sender = settings.mail_from or ""
        self._public_url = settings.public_url or ""
        self._clock = clock
        self._waiting: asyncio.Queue[Mail] = asyncio.Queue(MOST_WAITING)
        self._task: asyncio.Task[None] | None = None

    def send(self, mail: Mail) -> None:
        """Takes a letter; one too many is lost, and the log says so."""
        self._task = self._task or asyncio.create_task(self._run(), name="mail")
        try:
            self._waiting.put_nowait(mail)
        except asyncio.QueueFull:
            log.error("mail.too_many_waiting", letter=mail.letter)  # noqa: TRY400 - there is no more to say

    async def stop(self) -> None:
        """Sends what is waiting, as far as there is time, and ends."""
        if self._task is None:
            return
        try:
            await self._waiting.join()
        finally:
            self._task.cancel()

    async def _run(self) -> None:
        while True:
            mail = await self._waiting.get()
            try:
                await self._deliver(mail)
            except Exception:
                # One letter that cannot be written must not keep the others.
                log.exception("mail.failed", letter=mail.letter)
            finally:
                self._waiting.task_done()

    async def _deliver(self, mail: Mail) -> None:
        message = compose(mail, self._sender, self._public_url, self._clock)
        for wait_s in (*RETRY_AFTER_S, None):
            try:
                await self._hand_in(message)
            except aiosmtplib.SMTPRecipientsRefused:
                log.warning("mail.refused", letter=mail.letter)
                return
            except (aiosmtplib.SMTPException, OSError) as error:
                log.warning("mail.not_sent", letter=mail.letter, error=type(error).__name__, again=wait_s)
                if wait_s is None:
                    return
                await asyncio.sleep(wait_s)
            else:
                log.info("mail.sent", letter=mail.letter)
                return

    async def _hand_in(self, message: EmailMessage) -> None:
        async with self._server.client(self._tls) as client:
            await client.send_message(message)

"""Whether mail can be handed in."""

import ssl

import aiosmtplib

from models.settings import Settings
from server.doctor.finding import Finding, ill, well
from server.mail.choosing import missing_for_mail
from server.mail.smtp import Server

PART = "Mail"
WITHIN_S = 5.0


async def examine_mail(settings: Settings) -> Finding:
    """Asks the mail server whether it would take mail from here; sends none."""
    missing = missing_for_mail(settings)
    if settings.smtp_url is None:
        return well(PART, "Not used; nobody can replace a forgotten password without CONVENE_SMTP_URL.")
    if missing:
        return ill(
            PART, "CONVENE_SMTP_URL alone is not enough to send mail.", f"Set {', '.join(missing)} too."
        )
    server = Server.of(settings.smtp_url)
    try:
        async with server.client(ssl.create_default_context(), WITHIN_S):
            return well(PART, f"{server.host}:{server.port} takes mail.")
    except (aiosmtplib.SMTPException, OSError) as error:
        return ill(
            PART,
            f"{server.host}:{server.port} does not take mail ({type(error).__name__}).",
            "Look at CONVENE_SMTP_URL.",
        )

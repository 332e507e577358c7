"""Whether a site sends mail."""

from models.clock import Clock
from models.mail import NoMailer
from models.settings import Settings
from server.mail.smtp import SmtpMailer


def missing_for_mail(settings: Settings) -> list[str]:
    """The variables that are still unset. Without a public address links would lead where a stranger's request says."""
    needed = {
        "CONVENE_SMTP_URL": settings.smtp_url,
        "CONVENE_MAIL_FROM": settings.mail_from,
        "CONVENE_PUBLIC_URL": settings.public_url,
    }
    return [name for name, value in needed.items() if not value]


def choose_mailer(settings: Settings, clock: Clock) -> SmtpMailer | NoMailer:
    """Who carries this site's mail."""
    return NoMailer() if missing_for_mail(settings) else SmtpMailer(settings, clock)

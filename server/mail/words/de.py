"""German."""

from models.mail import Letter
from server.mail.words.wording import Wording

_HELLO = "Hallo {name},"

GERMAN = {
    Letter.INVITATION: Wording(
        "Sie sind zu {tenant} eingeladen",
        _HELLO,
        "Sie sind eingeladen, bei {tenant} ein Konto anzulegen. Der Link gilt zwei Wochen und einmal.",
        "Konto anlegen",
        "Wenn Sie nicht wissen, worum es geht, brauchen Sie nichts zu tun.",
    ),
    Letter.REGISTER: Wording(
        "Schließen Sie Ihre Registrierung ab",
        _HELLO,
        "jemand, vermutlich Sie, möchte ein Konto mit dieser Adresse. Öffnen Sie den Link und geben Sie das gewählte "
        "Passwort ein. Der Link gilt einen Tag.",
        "Weiter",
        "Wenn Sie das nicht waren, ignorieren Sie diese Nachricht: Es wird kein Konto angelegt.",
    ),
    Letter.ALREADY_REGISTERED: Wording(
        "Sie haben bereits ein Konto",
        _HELLO,
        "jemand, vermutlich Sie, wollte ein Konto mit dieser Adresse anlegen. Es gibt schon eines: Melden Sie sich "
        "unter {site} damit an, oder wählen Sie dort ein neues Passwort, wenn Sie Ihres vergessen haben.",
        "",
        "Wenn Sie das nicht waren, müssen Sie nichts tun: Wer gefragt hat, weiß nicht, dass Sie ein Konto haben.",
    ),
    Letter.VERIFY_EMAIL: Wording(
        "Bestätigen Sie Ihre E-Mail-Adresse",
        _HELLO,
        "bitte bestätigen Sie, dass diese Adresse Ihnen gehört. Der Link gilt drei Tage.",
        "Adresse bestätigen",
        "Wenn Sie kein Konto bei {site} haben, können Sie diese Nachricht ignorieren.",
    ),
    Letter.CHANGE_EMAIL: Wording(
        "Bestätigen Sie Ihre neue E-Mail-Adresse",
        _HELLO,
        "Sie möchten diese Adresse von nun an für Ihr Konto verwenden. Der Link gilt einen Tag.",
        "Diese Adresse verwenden",
        "Wenn Sie das nicht waren, ignorieren Sie diese Nachricht: Es ändert sich nichts.",
    ),
    Letter.EMAIL_CHANGED: Wording(
        "Ihre E-Mail-Adresse wurde geändert",
        _HELLO,
        "die E-Mail-Adresse Ihres Kontos ist jetzt {new_email}.",
        "",
        "Wenn Sie das nicht waren, wenden Sie sich sofort an die Betreiber von {site}.",
    ),
    Letter.RESET_PASSWORD: Wording(
        "Wählen Sie ein neues Passwort",
        _HELLO,
        "jemand, vermutlich Sie selbst, hat ein neues Passwort angefordert. Der Link gilt eine Stunde und einmal.",
        "Neues Passwort wählen",
        "Wenn Sie das nicht waren, ignorieren Sie diese Nachricht: Ihr Passwort bleibt, wie es ist.",
    ),
    Letter.PASSWORD_CHANGED: Wording(
        "Ihr Passwort wurde geändert",
        _HELLO,
        "das Passwort Ihres Kontos wurde soeben geändert.",
        "",
        "Wenn Sie das nicht waren, wählen Sie sofort mit „Passwort vergessen?“ bei {site} ein neues.",
    ),
}

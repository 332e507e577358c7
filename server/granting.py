"""`convene grant`: how a site gets its first administrator, and how one comes back in who has locked everybody out."""

from collections.abc import Sequence

from models.errors import Conflict, RoleNotFound, UserNotFound
from models.identity.granting import grant_role
from models.log.logged import LoggedEvent
from models.settings import Settings
from models.transaction import Origin
from server.app import open_context
from server.refusals import Refusal

ORIGIN = Origin("command line")


class Unheard:
    """Nobody is connected to the command line."""

    def publish(self, events: Sequence[LoggedEvent]) -> None:
        """Open sockets learn of a role within a second, by the database."""


async def grant(settings: Settings, email: str, role: str, slug: str | None) -> str:
    """Gives an account a role of the system for ever; returns the person's name. Refuses who is not there."""
    context = open_context(settings, Unheard())
    try:
        async with context.transaction(ORIGIN) as tx:
            return (await grant_role(tx, email.strip().casefold(), role, slug)).display_name
    except (Conflict, RoleNotFound, UserNotFound) as error:
        raise Refusal(str(error)) from error
    finally:
        await context.database.close()

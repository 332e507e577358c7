"""Who looks after the site: a visitor whose account is given a role behind the pages."""

from sqlmodel import select

from models.identity.assignments import give_role
from models.identity.system_roles import TENANT_ADMIN
from models.identity.tables import User
from models.transaction import Origin
from tests.browser.lobby import Lobby
from tests.browser.visitor import Visitor
from tests.realtime.house import House


async def administrator(
    lobby: Lobby,
    house: House,
    name: str = "Root",
    *,
    role: str = TENANT_ADMIN,
    size: tuple[int, int] = (1280, 800),
    **options: object,
) -> Visitor:
    """Somebody new who is signed in and has the role."""
    visitor = await lobby.host(name, size=size, **options)
    async with house.context.transaction(Origin()) as tx:
        user = (await tx.db.exec(select(User).where(User.email == visitor.email))).one()
        await give_role(tx, user, role)
    return visitor

"""What comes in and goes out when somebody looks after accounts."""

from enum import StrEnum
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field, StringConstraints

from models.identity.payloads import Email, Username
from models.identity.principals import Principal
from models.identity.standing import Standing
from models.identity.tables import User
from models.permissions import Permission
from models.rooms.payloads import DisplayName
from models.text import Moment, Payload, View


class MemberStatus(StrEnum):
    """Whether an account can be used."""

    ACTIVE = "active"
    INACTIVE = "inactive"


class MemberQuery(Payload):
    """Which accounts, and from where on."""

    q: Annotated[
        str | None,
        StringConstraints(strip_whitespace=True, max_length=100),
        Field(description="Part of a name, address or username, without regard to case and accents."),
    ] = None
    role: str | None = Field(None, max_length=50, description="Only who has the role with this key now.")
    status: MemberStatus | None = None
    verified: bool | None = Field(None, description="Only those whose address is verified, or is not.")
    sort: Literal["name", "newest"] = "name"
    after: UUID | None = Field(None, description="The last account of the page before.")
    limit: int = Field(50, ge=1, le=200)

    @property
    def narrows_by_role_alone(self) -> bool:
        return self.role is not None and not self.q and self.status is None and self.verified is None


class MemberView(View):
    """An account, as whoever looks after accounts sees it."""

    id: UUID
    email: str
    username: str
    display_name: str
    avatar_url: str | None
    roles: tuple[str, ...] = Field(description="The keys of the roles it has in the tenant now.")
    rank: int
    is_active: bool
    is_verified: bool
    created_at: Moment
    last_login_at: Moment | None
    has_second_factor: bool = Field(description="Whether they sign in with a second factor.")
    may_change: bool = Field(description="Whether you may act on it: it is your own, or stands below you.")

    @classmethod
    def of(cls, user: User, standing: Standing, principal: Principal, *, has_second_factor: bool) -> Self:
        shown = {
            "avatar_url": user.avatar_url,
            "roles": standing.roles,
            "rank": standing.rank,
            "is_verified": user.is_verified,
            "has_second_factor": has_second_factor,
            "may_change": may_act_on(principal, user, standing),
        }
        return cls.model_validate({**user.model_dump(), **shown})


class MemberPage(View):
    """Some of the accounts. For those after them ask again, `after` the last of these."""

    users: list[MemberView]
    has_more: bool
    total: int | None = Field(description="How many there are in all; only on the first page.")


class UpdateMember(Payload):
    """Only what is given changes. A new address is not verified."""

    display_name: DisplayName | None = None
    username: Username | None = None
    email: Email | None = None


def may_act_on(principal: Principal, user: User, standing: Standing) -> bool:
    """Nobody acts on an account of their own rank or above, except on their own."""
    is_self = principal.user is not None and principal.user.id == user.id
    return is_self or standing.rank < principal.standing.rank or principal.may(Permission.TENANT_MANAGE)

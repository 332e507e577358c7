"""Pages of lists."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import Field
from sqlmodel import func, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from models.text import Payload

T = TypeVar("T")
U = TypeVar("U")


class PageQuery(Payload):
    """Which page of a list."""

    page: int = Field(1, ge=1, le=100_000)
    limit: int = Field(20, ge=1, le=100, description="Entries per page.")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page, and how many entries there are in all."""

    items: list[T]
    total: int


async def load_page(db: AsyncSession, ordered: SelectOfScalar[T], page: PageQuery) -> Page[T]:
    """The rows of one page of an ordered query."""
    count = select(func.count()).select_from(ordered.order_by(None).subquery())
    total = (await db.exec(count)).one()
    rows = await db.exec(ordered.offset((page.page - 1) * page.limit).limit(page.limit))
    return Page(list(rows.all()), total)

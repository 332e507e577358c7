"""Lists in answers."""

from collections.abc import Callable
from typing import TypeVar

from pydantic import BaseModel

from models.paging import Page
from server.http.reply import Pagination, Reply

T = TypeVar("T")


def paged(found: Page[T], view: Callable[[T], BaseModel], page: int, limit: int) -> Reply:
    """A page of rows, each as `view` shows it."""
    return Reply([view(one) for one in found.items], pagination=Pagination.of(page, limit, found.total))

"""What a handler gives back, and the envelope it travels in (seed 003)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

import orjson
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

JSON = "application/json"


class Pagination(BaseModel):
    """Where in a list one is."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    page: int
    limit: int
    total: int = Field(description="How many there are in all.")
    total_pages: int = Field(serialization_alias="totalPages")
    has_next: bool = Field(serialization_alias="hasNext")
    has_prev: bool = Field(serialization_alias="hasPrev")

    @classmethod
    def of(cls, page: int, limit: int, total: int) -> Self:
        pages = -(-total // limit)
        return cls(
            page=page, limit=limit, total=total, total_pages=pages, has_next=page < pages, has_prev=page > 1
        )


@dataclass(frozen=True, slots=True)
class Written:
    """What is JSON already, and goes out as it is."""

    json: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A handler's answer. `status` differs from the endpoint's own only where it is given."""

    data: BaseModel | Sequence[BaseModel] | Written | None = None
    pagination: Pagination | None = None
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()

    def envelope(self) -> dict[str, Any]:
        """`{"success", "data", "pagination"}` as plain JSON values."""
        return self._around(_plain(self.data))

    def written(self) -> dict[str, Any]:
        """The same for an answer that only goes out: `data` is finished JSON, which nobody can look into any more."""
        return self._around(orjson.Fragment(_json(self.data)))

    def _around(self, data: Any) -> dict[str, Any]:
        found: dict[str, Any] = {"success": True, "data": data}
        if self.pagination is not None:
            found["pagination"] = _plain(self.pagination)
        return found


class Rehearsed(Exception):
    """Raised by a handler that only tried: its answer goes out, its changes do not stay."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self.reply = reply


def as_json(status: int, content: dict[str, Any], headers: Sequence[tuple[str, str]] = ()) -> Response:
    """A JSON response. No cache may keep it."""
    response = Response(orjson.dumps(content), status, media_type=JSON)
    response.raw_headers.append(_NO_STORE)
    for name, value in headers:
        response.headers.append(name, value)
    return response


_NO_STORE = (b"cache-control", b"no-store")


def _json(data: BaseModel | Sequence[BaseModel] | Written | None) -> str:
    if data is None:
        return "{}"
    if isinstance(data, Written):
        return data.json
    if isinstance(data, BaseModel):
        return data.model_dump_json(by_alias=True)
    return f"[{','.join([one.model_dump_json(by_alias=True) for one in data])}]"


def _plain(data: BaseModel | Sequence[BaseModel] | Written | None) -> Any:
    if data is None:
        return {}
    if isinstance(data, Written):
        return orjson.loads(data.json)
    if isinstance(data, BaseModel):
        return data.model_dump(mode="json", by_alias=True)
    return [one.model_dump(mode="json", by_alias=True) for one in data]

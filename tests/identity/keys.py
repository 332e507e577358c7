"""Keys for programs, made as their owners make them."""

from typing import Any, Final
from uuid import UUID

from tests.realtime.house import House, Person

OWN: Final = "/users/me/api-keys"


async def make_key(house: House, person: Person, *scopes: str, **fields: Any) -> Person:
    """A new key of a person's, as somebody whose token it is; `sign_in_id` is the key's own id."""
    body = {"name": "Nightly export", "scopes": list(scopes), **fields}
    made = await house.post(OWN, body, person)
    return Person("key", made["key"], person.user_id, UUID(made["id"]))

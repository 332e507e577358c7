"""Long polling by hand."""

import json
from typing import Final

import httpx

from tests.realtime.house import House, Person

PATH: Final = "/socket.io/"
QUERY: Final = {"EIO": "4", "transport": "polling"}
SEPARATOR: Final = "\x1e"


async def opened(house: House) -> dict[str, str]:
    """The query of a fresh polling transport."""
    answer = await house.http.get(PATH, params=QUERY)
    assert answer.status_code == 200
    return {**QUERY, "sid": json.loads(answer.text[1:])["sid"]}


async def log_in(house: House, person: Person) -> dict[str, str]:
    """The query of a polling transport that is connected as somebody."""
    query = await opened(house)
    await post(house, query, "40" + json.dumps({"token": person.token}))
    assert (await poll(house, query))[0].startswith("40")
    return query


async def post(house: House, query: dict[str, str], body: str | bytes) -> httpx.Response:
    content = body.encode() if isinstance(body, str) else body
    return await house.http.post(PATH, params=query, content=content)


async def poll(house: House, query: dict[str, str]) -> list[str]:
    answer = await house.http.get(PATH, params=query)
    assert answer.status_code == 200, answer.text
    return answer.text.split(SEPARATOR)

"""How long the lists of the administration take where there is very much in them, from the request to the answer.

`python -m tests.bench.lists` fills SQLite and PostgreSQL with 100 000 people and as many acts of theirs, asks for each
list over REST again and again, and prints the median.
"""

import argparse
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

import httpx
import uvloop
from sqlmodel import col, select

from models.audit.reading import cursor_of
from models.audit.tables import AuditEntry
from models.identity.system_roles import TENANT_ADMIN
from tests.bench.plenty import Plenty, fill
from tests.bench.results import Figures, Table
from tests.bench.subjects import SITE
from tests.realtime.fixtures import open_house
from tests.realtime.house import House
from tests.realtime.site import serving
from tests.services.postgres import postgres_server

NOBODY: Final = "nobody is called that"


@dataclass(frozen=True, slots=True)
class Load:
    """How much there is, and how often each list is asked for."""

    people: int = 100_000
    acts: int = 100_000
    times: int = 15


async def measure_lists(load: Load | None = None) -> Table:
    """Milliseconds from request to answer, the median, by database and list. Raises RuntimeError for a wrong answer."""
    load = load or Load()
    with tempfile.TemporaryDirectory(prefix="convene-lists-") as folder:
        found = {"SQLite": await measure_one(f"sqlite:///{Path(folder) / 'convene.db'}", load)}
    with postgres_server() as server:
        async with server.database() as url:
            found["PostgreSQL"] = await measure_one(url, load)
    return found


async def measure_one(database_url: str, load: Load) -> Figures:
    """The same of one database, which must be empty."""
    with serving(database_url, **SITE) as site:
        async with open_house(site) as house:
            began_s = time.monotonic()
            plenty = await fill(house.context, load.people, load.acts)
            figures = {"filled_s": time.monotonic() - began_s}
            admin = await house.account("Ann", TENANT_ADMIN)
            bearer = {"Authorization": f"Bearer {admin.token}"}
            for name, (path, query) in (await _lists(house, plenty, load)).items():
                url = f"{site.url}/api/v1/{path}"
                figures[f"{name}_ms"] = await _median_ms(house.http, url, query, bearer, load.times)
            return figures


async def _lists(house: House, plenty: Plenty, load: Load) -> dict[str, tuple[str, dict[str, Any]]]:
    middle = {"after": str(plenty.middle_id)}
    return {
        "people": ("users", {}),
        "people_newest": ("users", {"sort": "newest"}),
        "people_deep": ("users", middle),
        "people_search": ("users", {"q": "sorensen person.77"}),
        "people_missed": ("users", {"q": NOBODY}),
        "people_many": ("users", {"role": "student"}),
        "people_few": ("users", {"role": "admin"}),
        "people_deep_role": ("users", {"role": "student", **middle}),
        "people_role_search": ("users", {"role": "lecturer", "q": "tanaka"}),
        "audit": ("audit", {}),
        "audit_deep": ("audit", {"cursor": await _middle_of_audit(house, load.acts)}),
        "audit_who": ("audit", {"who": str(plenty.actor_id)}),
        "audit_act": ("audit", {"action": "session:ended"}),
        "audit_session": ("audit", {"session_id": str(plenty.session_id)}),
        "audit_refused": ("audit", {"outcome": "refused"}),
        "audit_search": ("audit", {"q": "sørensen"}),
        "audit_missed": ("audit", {"q": NOBODY}),
        "audit_who_missed": ("audit", {"q": NOBODY, "who": str(plenty.actor_id)}),
    }


async def _middle_of_audit(house: House, acts: int) -> str:
    in_order = select(AuditEntry).order_by(col(AuditEntry.at).desc(), col(AuditEntry.id).desc())
    async with house.context.database.read() as db:
        return cursor_of((await db.exec(in_order.offset(acts // 2).limit(1))).one())


async def _median_ms(
    http: httpx.AsyncClient, url: str, query: dict[str, Any], bearer: dict[str, str], times: int
) -> float:
    took_ms = []
    for _ in range(times + 1):
        began_s = time.perf_counter()
        answer = await http.get(url, params=query, headers=bearer)
        took_ms.append((time.perf_counter() - began_s) * 1e3)
        if answer.status_code != httpx.codes.OK:
            raise RuntimeError(f"{url} {query}: {answer.text}"[:1_000])
    # The first one warms up.
    return median(took_ms[1:])


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.lists", description=__doc__)
    parser.add_argument("--people", type=int, default=Load().people)
    parser.add_argument("--acts", type=int, default=Load().acts)
    parser.add_argument("--times", type=int, default=Load().times)
    chosen = parser.parse_args()
    table = uvloop.run(measure_lists(Load(chosen.people, chosen.acts, chosen.times)))
    for name in next(iter(table.values())):
        print(f"{name:>24}", *(f"{figures[name]:9.1f}" for figures in table.values()))  # noqa: T201


if __name__ == "__main__":
    main()

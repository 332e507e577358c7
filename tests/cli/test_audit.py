"""`convene audit`: the chain is gone over, and the trail comes out."""

import csv
import io
import json
import signal
import sqlite3

import httpx

from tests.cli.program import Site
from tests.identity.people import newcomer


def test_the_chain_is_gone_over_and_the_trail_comes_out(site: Site) -> None:
    site.run("migrate")
    with site.serving() as server:
        for _ in range(2):
            answer = httpx.post(f"{server.address}/api/v1/auth/register", json=newcomer(display_name="=1+1"))
            assert answer.status_code == 201
        server.end(signal.SIGTERM)
    sound = site.run("audit", "verify")
    assert sound.code == 0, sound.out + sound.err
    assert "2 rows sealed, 0 about to be" in sound.out
    head = sound.out.split("the last seal is ")[1].strip()
    assert site.run("audit", "verify", "--seen", head).code == 0
    gone = site.run("audit", "verify", "--seen", f"2:{'0' * 64}")
    assert (gone.code, "GONE" in gone.out) == (1, True)
    lines = [json.loads(line) for line in site.run("audit", "export").out.splitlines()]
    assert [(one["action"], one["actor"]["name"]) for one in lines] == [("account:registered", "=1+1")] * 2
    table = list(csv.DictReader(io.StringIO(site.run("audit", "export", "--format", "csv").out)))
    assert [one["actor_name"] for one in table] == ["'=1+1"] * 2

    with sqlite3.connect(next(site.folder.rglob("*.db"))) as database:
        database.execute("DROP TRIGGER audit_entries_no_update")
        database.execute("UPDATE audit_entries SET address = '10.0.0.1'")
    broken = site.run("audit", "verify")
    assert broken.code == 1
    assert "BROKEN at seal 1, row " in broken.out

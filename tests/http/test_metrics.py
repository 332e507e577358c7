"""Numbers for Prometheus: they count what happens, and the dashboard asks for none that does not exist."""

import asyncio
import json
import re
from pathlib import Path
from typing import Any

import httpx
from prometheus_client.parser import text_string_to_metric_families

from tests.realtime.client import WITHIN_S, Client
from tests.realtime.house import House
from tests.realtime.site import serving
from tests.realtime.wire import wire
from tests.services.redis import redis_server

DEPLOY = Path(__file__).parents[2] / "deploy"
DASHBOARD = DEPLOY / "grafana" / "convene.json"
METRIC = re.compile(r"\b(?:convene|process)_[a-z_]+\b")

Numbers = dict[tuple[str, frozenset[tuple[str, str]]], float]


def read(text: str) -> Numbers:
    """Every value, by name and labels."""
    return {
        (one.name, frozenset(one.labels.items())): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }


async def numbers(house: House) -> Numbers:
    answer = await house.http.get("/metrics")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["cache-control"] == "no-store"
    return read(answer.text)


def more(after: Numbers, before: Numbers, name: str, **labels: str) -> float:
    """By how much a number has grown."""
    key = (name, frozenset(labels.items()))
    return after[key] - before.get(key, 0.0)


async def test_what_happens_in_a_room_is_counted(house: House) -> None:
    before = await numbers(house)
    room, host = await house.live()
    mia, _ = await house.member(room)
    assert await said(host, room.id, "Good morning")
    await mia.refused("session:lock", "FORBIDDEN", room.id)
    after = await numbers(house)
    assert more(after, before, "convene_connections") == 2
    assert more(after, before, "convene_rooms") == 1
    assert more(after, before, "convene_members") == 2
    assert more(after, before, "convene_commands_total", command="chat:send", outcome="ok") == 1
    assert more(after, before, "convene_commands_total", command="session:lock", outcome="FORBIDDEN") == 1
    assert more(after, before, "convene_command_seconds_count", command="chat:send") == 1
    assert more(after, before, "convene_joins_total", status="approved") == 2
    assert more(after, before, "convene_resumes_total", kind="state") == 2
    assert more(after, before, "convene_group_commands_count") >= 1
    assert more(after, before, "convene_commit_seconds_count") >= 4
    assert more(after, before, "convene_events_in_total", source="own") >= 4
    assert more(after, before, "convene_events_out_total") >= 3
    assert more(after, before, "convene_fanout_seconds_count") >= 2


async def test_who_comes_back_is_counted_by_what_they_are_sent(house: House) -> None:
    room, host = await house.live()
    joined = await host.join(room.id)
    before = await numbers(house)
    place = {"epoch": joined["epoch"], "seq": joined["seq"]}
    await host.join(room.id, after=place)
    assert await said(host, room.id, "Still here?")
    await host.join(room.id, after=place)
    after = await numbers(house)
    kinds = {
        kind: more(after, before, "convene_resumes_total", kind=kind) for kind in ("events", "state", "none")
    }
    assert kinds == {"events": 1, "state": 0, "none": 1}


async def test_a_client_that_talks_nonsense_is_counted(house: House) -> None:
    room, _ = await house.live()
    before = await numbers(house)
    async with wire(house.site.url, room.owner.token) as talker:
        await talker.socket.send("4nonsense")
        async with asyncio.timeout(WITHIN_S):
            await talker.closed.wait()
    assert more(await numbers(house), before, "convene_cut_clients_total", reason="malformed") == 1


async def test_requests_are_counted_by_route_and_never_by_session(house: House) -> None:
    room, _ = await house.live()
    before = await numbers(house)
    assert (await house.get(f"/sessions/{room.id}", room.owner)).status_code == 200
    await house.http.get("/api/v1/nothing/here")
    after = await numbers(house)
    route = "/api/v1/sessions/{session_id}"
    assert more(after, before, "convene_http_requests_total", method="GET", route=route, status="200") == 1
    assert more(after, before, "convene_http_request_seconds_count", method="GET", route=route) == 1
    assert not any(str(room.id) in value for _, labels in after for _, value in labels)


def test_the_dashboard_asks_for_numbers_that_exist(tmp_path: Path) -> None:
    # All of them, also those of a site with Redis; after a request, so that there is one to count.
    with redis_server() as redis, serving(f"sqlite:///{tmp_path / 'a.db'}", redis_url=redis.url) as site:
        httpx.get(f"{site.url}/healthz")
        told = httpx.get(f"{site.url}/metrics").text
    known = {name for name, _ in read(told)} | set(re.findall(r"^# TYPE (\S+)", told, re.MULTILINE))
    known |= {f"{name}{end}" for name in tuple(known) for end in ("_total", "_bucket", "_count", "_sum")}
    asked = asked_for(json.loads(DASHBOARD.read_text()))
    assert len(asked) > 20
    assert asked - known - {"convene_workers"} == set()


def asked_for(dashboard: Any) -> set[str]:
    """The names of all metrics in a dashboard's queries."""
    if isinstance(dashboard, dict):
        own = set(METRIC.findall(dashboard["expr"])) if isinstance(dashboard.get("expr"), str) else set()
        return own.union(*(asked_for(one) for one in dashboard.values()))
    if isinstance(dashboard, list):
        return set().union(*(asked_for(one) for one in dashboard))
    return set()


async def said(client: Client, session_id: object, text: str) -> bool:
    return bool(await client.ok("chat:send", session_id, text=text))

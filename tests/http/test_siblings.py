"""The numbers of several workers: all of them, whichever one is asked."""

import os
import stat
from collections import defaultdict
from pathlib import Path

import httpx
import psutil
import pytest

from server.siblings import Siblings, together
from tests.http.test_metrics import Numbers, read
from tests.realtime.site import serving
from tests.services.redis import redis_server

ASKED = 20
HEALTH = {("method", "GET"), ("route", "/healthz"), ("status", "200")}


def test_any_worker_tells_the_numbers_of_all(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'a.db'}"
    with redis_server() as redis, serving(url, redis_url=redis.url, workers=2) as site:
        assert site.service.process is not None
        workers = {str(one.pid) for one in psutil.Process(site.service.process.pid).children()}
        before = by_worker(read(httpx.get(f"{site.url}/metrics").text))
        for _ in range(ASKED):
            # Each on a connection of its own: whichever worker is free takes it.
            assert httpx.get(f"{site.url}/healthz").status_code == 200
        told = read(httpx.get(f"{site.url}/metrics").text)
    after = by_worker(told)
    assert told["convene_workers", frozenset()] == len(workers) == 2
    assert {dict(labels)["worker"] for name, labels in told if name == "convene_connections"} == workers
    assert sum(after.values()) - sum(before.values()) == ASKED


def by_worker(told: Numbers) -> dict[str, float]:
    """How many questions after its health each worker has answered."""
    found: dict[str, float] = defaultdict(float)
    for (name, labels), value in told.items():
        if name == "convene_http_requests_total" and labels >= HEALTH:
            found[dict(labels)["worker"]] += value
    return found


def test_numbers_are_put_together_under_one_heading() -> None:
    text = "# HELP convene_rooms Rooms.\n# TYPE convene_rooms gauge\nconvene_rooms 3.0\n"
    both = together({"1": text, "2": text}).decode()
    assert both.count("# TYPE convene_rooms gauge") == 1
    assert 'convene_rooms{worker="1"} 3.0' in both
    assert 'convene_rooms{worker="2"} 3.0' in both


async def test_what_a_killed_worker_left_behind_is_forgotten(tmp_path: Path) -> None:
    folder = tmp_path / "workers"
    siblings = Siblings(folder, lambda: b"convene_rooms 1.0\n")
    await siblings.open()
    # No process has this number, and nobody listens there.
    left_behind = folder / "99999999"
    left_behind.touch()
    told = (await siblings.numbers()).decode()
    assert f'convene_rooms{{worker="{os.getpid()}"}} 1.0' in told
    assert "convene_workers 1.0" in told
    assert not left_behind.exists()
    await siblings.close()
    assert not folder.exists()


async def test_a_folder_that_others_can_open_is_not_used(tmp_path: Path) -> None:
    folder = tmp_path / "workers"
    folder.mkdir()
    folder.chmod(stat.S_IRWXU | stat.S_IRWXO)
    siblings = Siblings(folder, lambda: b"convene_rooms 1.0\n")
    await siblings.open()
    assert await siblings.numbers() == b"convene_rooms 1.0\n"
    assert list(folder.iterdir()) == []
    await siblings.close()


@pytest.mark.parametrize("times", [1, 3])
async def test_alone_there_is_no_label(times: int) -> None:
    siblings = Siblings(None, lambda: b"convene_rooms 1.0\n")
    await siblings.open()
    assert {await siblings.numbers() for _ in range(times)} == {b"convene_rooms 1.0\n"}
    await siblings.close()

"""Whether the site says truly how it is."""

from pathlib import Path

import httpx

from tests.realtime.house import House
from tests.realtime.site import serving
from tests.services.ports import free_port
from tests.services.postgres import postgres_server
from tests.services.redis import redis_server


async def test_all_is_well(any_house: House) -> None:
    alive, ready = await any_house.http.get("/healthz"), await any_house.http.get("/readyz")
    assert (alive.status_code, alive.json()["data"]) == (200, {"status": "alive"})
    assert (ready.status_code, ready.json()["data"]) == (
        200,
        {"status": "ready", "database": "ok", "redis": "unused"},
    )


def test_without_its_database_a_site_lives_but_is_not_ready() -> None:
    with postgres_server() as server, serving(server.url()) as site:
        server.service.kill()
        assert httpx.get(f"{site.url}/healthz").status_code == 200
        away = httpx.get(f"{site.url}/readyz", timeout=20)
        assert (away.status_code, away.json()["errorCode"]) == (503, "UNAVAILABLE")
        assert away.headers["retry-after"] == "1"
        code = "/api/v1/sessions/preview?code=ABCDEF"
        assert httpx.get(f"{site.url}{code}", timeout=20).json()["errorCode"] == "UNAVAILABLE"
        server.service.start()
        assert httpx.get(f"{site.url}/readyz", timeout=20).json()["data"]["status"] == "ready"
        assert httpx.get(f"{site.url}{code}", timeout=20).status_code == 200


def test_without_redis_a_site_is_degraded(tmp_path: Path) -> None:
    with redis_server() as redis, serving(f"sqlite:///{tmp_path / 'a.db'}", redis_url=redis.url) as site:
        assert httpx.get(f"{site.url}/readyz").json()["data"] == {
            "status": "ready",
            "database": "ok",
            "redis": "ok",
        }
        redis.service.stop()
        ready = httpx.get(f"{site.url}/readyz", timeout=20)
        assert (ready.status_code, ready.json()["data"]["status"]) == (200, "degraded")


def test_a_site_starts_without_redis(tmp_path: Path) -> None:
    nowhere = f"redis://127.0.0.1:{free_port()}/0"
    with serving(f"sqlite:///{tmp_path / 'a.db'}", redis_url=nowhere) as site:
        person = {"email": "a@example.org", "password": "correct horse battery", "display_name": "Ada"}
        assert httpx.post(f"{site.url}/api/v1/auth/register", json=person, timeout=20).status_code == 201

"""What is not the API: the browser client, its files, the reference, the headers that guard them all."""

from pathlib import Path

import httpx
import pytest
from starlette.types import Message, Scope

from models.errors import ConveneError
from server.http.pages import DIST, ClientPage, Files
from tests.realtime.house import House

EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
}
PAGES = ["/healthz", "/", "/api/v1/session-kinds", "/api/no/such/thing", "/docs", "/openapi.json", "/metrics"]


@pytest.mark.parametrize("path", [*PAGES, "/socket.io/?EIO=4&transport=polling"])
async def test_every_answer_is_guarded(house: House, path: str) -> None:
    answer = await house.http.get(path)
    assert {name: answer.headers.get(name) for name in EVERYWHERE} == EVERYWHERE
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'; ")
    assert "server" not in answer.headers
    assert answer.headers["x-request-id"]


async def test_scripts_come_from_us_alone(house: House) -> None:
    client = (await house.http.get("/")).headers["content-security-policy"]
    docs = (await house.http.get("/docs")).headers["content-security-policy"]
    assert "unsafe" not in client
    assert "style-src 'self' 'unsafe-inline';" in docs
    assert "script-src 'self';" in docs


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/docs", "text/html"),
        ("/docs/", "text/html"),
        ("/docs/docs.js", "text/javascript"),
        ("/docs/docs.css", "text/css"),
        ("/openapi.json", "application/json"),
        ("/asyncapi.json", "application/json"),
        ("/metrics", "text/plain"),
    ],
)
async def test_the_reference_is_there(house: House, path: str, kind: str) -> None:
    answer = await house.http.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)


async def test_metrics_name_routes_and_nobody(house: House) -> None:
    person = await house.account()
    room = await house.room(person)
    await house.get(f"/sessions/{room.id}", person)
    await house.http.get("/some/page")
    metrics = (await house.http.get("/metrics")).text
    assert 'method="GET",route="/api/v1/sessions/{session_id}",status="200"' in metrics
    assert str(room.id) not in metrics
    assert "/some/page" not in metrics


async def test_what_is_not_there(house: House) -> None:
    for path in (
        "/api",
        "/api/",
        "/assets/none.js",
        "/assets/..%2F..%2Fpyproject.toml",
        "/assets/%00",
        "/docs/none",
    ):
        answer = await house.http.get(path)
        assert (answer.status_code, answer.json()["errorCode"]) == (404, "NOT_FOUND"), path


async def ask(
    app: object, path: str, method: str = "GET", headers: dict[str, str] | None = None
) -> httpx.Response:
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.request(method, path, headers=headers)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text("<title>Convene</title>")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "main-1A2B.js").write_text("start();")
    return tmp_path


async def test_the_client_is_one_page_that_is_asked_for_again(built: Path) -> None:
    page = ClientPage(built)
    for path in ("/", "/s/ABC234", "/sessions/new"):
        answer = await ask(page, path)
        assert (answer.status_code, answer.text) == (200, "<title>Convene</title>")
        assert answer.headers["cache-control"] == "no-cache"
    known = (await ask(page, "/")).headers["etag"]
    unchanged = await ask(page, "/", headers={"If-None-Match": known})
    assert (unchanged.status_code, unchanged.content) == (304, b"")


async def test_hashed_files_are_kept_for_ever(built: Path) -> None:
    files = Files(built / "assets", "public, max-age=31536000, immutable")
    answer = await ask(files, "/main-1A2B.js")
    assert (answer.status_code, answer.text) == (200, "start();")
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


async def test_a_client_that_is_not_built_says_so(tmp_path: Path) -> None:
    answer = await ask(ClientPage(tmp_path), "/")
    assert answer.status_code == 503
    assert "not built" in answer.text


@pytest.mark.parametrize(("method", "path", "status"), [("POST", "/", 405), ("GET", "/api/none", 404)])
async def test_the_page_is_no_answer_to_everything(built: Path, method: str, path: str, status: int) -> None:
    async def nothing() -> Message:
        return {"type": "http.request"}

    async def unsent(_message: Message) -> None:
        raise AssertionError

    scope: Scope = {"type": "http", "method": method, "path": path, "headers": []}
    with pytest.raises(ConveneError) as refused:
        await ClientPage(built)(scope, nothing, unsent)
    assert refused.value.status == status


def test_the_client_is_served_from_where_it_is_built() -> None:
    assert DIST.parts[-2:] == ("static", "dist")
    assert (DIST.parent / "package.json").is_file()

"""What nobody foresaw becomes an answer, too, and one line in the log."""

import httpx
import pytest
import structlog
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

from models.errors import InvalidTransition, PayloadTooLarge, RateLimited, Unavailable
from server.http.failures import Failures
from server.http.request_ids import RequestIds


def raising(error: Exception) -> ASGIApp:
    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise error

    return RequestIds(Failures(app))


async def ask(error: Exception) -> httpx.Response:
    transport = httpx.ASGITransport(app=raising(error))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.get("/somewhere", headers={"X-Request-Id": "r-1"})


async def test_a_fault_of_ours_is_logged_once_and_told_without_details() -> None:
    with structlog.testing.capture_logs(processors=[structlog.contextvars.merge_contextvars]) as logs:
        answer = await ask(KeyError("a secret"))
    assert (answer.status_code, answer.json()["errorCode"]) == (500, "INTERNAL_ERROR")
    assert answer.json()["details"] == {"request_id": "r-1"}
    assert "secret" not in answer.text
    assert [(line["event"], line["log_level"], line["request_id"]) for line in logs] == [
        ("http.failed", "error", "r-1")
    ]


@pytest.mark.parametrize(
    ("error", "header", "value"),
    [
        (RateLimited(11.2), "retry-after", "12"),
        (Unavailable(retry_after_s=5), "retry-after", "5"),
        (PayloadTooLarge(), "connection", "close"),
    ],
)
async def test_headers_say_what_programs_look_for(error: Exception, header: str, value: str) -> None:
    assert (await ask(error)).headers[header] == value


async def test_a_refusal_is_no_fault() -> None:
    with structlog.testing.capture_logs() as logs:
        answer = await ask(InvalidTransition(allowed=["ended"]))
    assert answer.json() == {
        "success": False,
        "statusCode": 409,
        "errorCode": "INVALID_TRANSITION",
        "message": "The session's state does not allow that.",
        "details": {"allowed": ["ended"]},
    }
    assert logs == []


async def test_whoever_has_gone_gets_no_answer() -> None:
    with structlog.testing.capture_logs() as logs, pytest.raises(AssertionError):
        await ask(ClientDisconnect())
    assert logs == []

"""What a log line may hold."""

import pytest

from server.logs import describe_fault, drop_secrets, mask, shorten_fault


@pytest.mark.parametrize(
    "key",
    [
        "token",
        "refresh_token",
        "accessToken",
        "PASSWORD",
        "Authorization",
        "set-cookie",
        "secret_key",
        "text",
        "database_url",
        "link",
        "api_key",
    ],
)
def test_secrets_are_left_out_however_deep(key: str) -> None:
    event = {"event": "x", key: "hush", "seq": 3, "request": {key: "hush", "path": "/"}}
    assert drop_secrets(None, "info", event) == {"event": "x", "seq": 3, "request": {"path": "/"}}


def test_words_that_only_contain_a_secret_word_stay() -> None:
    event = {"event": "x", "context": 1, "tokens_issued": 2, "keyboard": 3}
    assert drop_secrets(None, "info", dict(event)) == event


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("GET /x?token=abc&page=2", "GET /x?token=***&page=2"),
        ("password: hunter2, user: ada", "password: ***, user: ada"),
        ("connect postgresql://ada:hunter2@db/convene", "connect postgresql://ada:***@db/convene"),
        ("redis://:hunter2@r:6379/0", "redis://:***@r:6379/0"),
        ("nothing to hide", "nothing to hide"),
    ],
)
def test_secrets_within_a_sentence_are_masked(line: str, shown: str) -> None:
    assert mask(line) == shown


def test_an_event_cannot_forge_a_line() -> None:
    event = drop_secrets(None, "info", {"event": "name: x\n2026-01-01 [info] all is well"})
    assert "\n" not in event["event"]


def test_a_fault_is_two_short_fields() -> None:
    with pytest.raises(RuntimeError) as caught:
        raise RuntimeError("cannot\n[parameters: ('hunter2',)]") from ValueError("why")
    event = shorten_fault(None, "error", {"event": "x", "exc_info": caught.value})
    assert event["fault"] == describe_fault(caught.value) == "RuntimeError: cannot <- ValueError: why"
    assert event["where"].endswith("test_a_fault_is_two_short_fields")

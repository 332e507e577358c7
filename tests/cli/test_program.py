"""The program as a whole: its version, its migrations, its logs."""

import json
from importlib import metadata

import httpx

from models.migrations import head
from tests.cli.program import Site


def test_it_says_its_version(site: Site) -> None:
    ended = site.run("--version")
    assert (ended.code, ended.out) == (0, f"convene {metadata.version('convene')}\n")


def test_without_a_command_it_says_which_there_are(site: Site) -> None:
    ended = site.run()
    shown = ended.out + ended.err
    assert all(command in shown for command in ("serve", "migrate", "seed", "doctor"))


def test_migrating_twice_is_no_change(site_on_either: Site) -> None:
    first, second = site_on_either.run("migrate"), site_on_either.run("migrate")
    assert first.out == f"The database is up to date ({head()}; it was empty).\n"
    assert second.out == f"The database is up to date ({head()}; it was at {head()}).\n"
    assert first.err == second.err == ""


def test_every_line_of_the_log_is_json_and_none_holds_a_secret(site: Site) -> None:
    configured = site.configured(CONVENE_LOG_FORMAT="json", CONVENE_LOG_LEVEL="debug")
    with configured.serving() as server:
        body = {"email": "nobody@example.com", "password": "not-to-be-seen"}
        answer = httpx.post(f"{server.address}/api/v1/auth/login", json=body)
        assert answer.status_code == 401
        httpx.get(f"{server.address}/socket.io/?EIO=4&transport=polling&token=not-to-be-seen")
        lines = server.errors.read_text().splitlines()
    assert "not-to-be-seen" not in "".join(lines)
    assert all({"event", "level", "timestamp"} <= json.loads(line).keys() for line in lines)

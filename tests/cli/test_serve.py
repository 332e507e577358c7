"""`convene serve`: it says where it is when it is there, refuses in sentences, and ends in time."""

import signal
import socket
import stat
import subprocess
import sys
from contextlib import ExitStack

import httpx
import pytest

from models.migrations import head
from tests.cli.program import Site

READY = "/healthz"


def test_it_answers_where_it_says_it_is(site_on_either: Site) -> None:
    if "CONVENE_DATABASE_URL" in site_on_either.variables:
        assert site_on_either.run("migrate").code == 0
    with site_on_either.serving() as server:
        assert server.line.startswith("Convene is at http://127.0.0.1:")
        assert server.line.rstrip().endswith("open it to start or join a session.")
        answer = httpx.get(server.address + READY)
        assert answer.status_code == 200
        assert "server" not in answer.headers


def test_an_empty_database_is_refused_with_what_to_do(site: Site, postgres_url: str) -> None:
    ended = site.configured(CONVENE_DATABASE_URL=postgres_url).run("serve", "--port", "0")
    assert ended.code == 1
    assert ended.err == f"convene: The database is empty, this version needs {head()}. Run: convene migrate\n"


def test_a_port_in_use_is_said(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = site.run("serve", "--port", port)
    assert ended.code == 1
    assert ended.err.startswith(f"convene: Port {port} is in use.")
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_and_in_time(site: Site, sent: signal.Signals) -> None:
    with site.serving() as server:
        code, took_s = server.end(sent)
        assert code == 0
        assert took_s < 10
        assert server.errors.read_text() == ""


def test_it_ends_in_time_while_clients_hold_on(site: Site) -> None:
    with site.serving() as server, ExitStack() as held:
        address = httpx.URL(server.address)
        for path in (READY, "/socket.io/?EIO=4&transport=polling"):
            connection = held.enter_context(socket.create_connection((address.host, address.port or 0)))
            # An upload that never ends.
            request = f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{{"
            connection.sendall(request.encode())
        code, took_s = server.end(signal.SIGTERM)
        assert code in (0, 1)
        assert took_s < 10


def test_the_first_start_keeps_a_secret_for_itself_alone(site: Site) -> None:
    path = site.folder / "data" / "secret_key"
    with site.serving():
        made = path.read_text()
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert len(made) >= 32
    with site.serving():
        assert path.read_text() == made
    assert sorted(file.name for file in path.parent.iterdir() if "secret" in file.name) == ["secret_key"]


def test_two_that_start_together_agree_on_the_secret(site: Site) -> None:
    script = "from models.settings import Settings; print(Settings().signing_key.decode())"
    command = [sys.executable, "-c", script]
    started = [
        subprocess.Popen(command, env=site.environment(), stdout=subprocess.PIPE, text=True) for _ in range(6)
    ]
    secrets = {process.communicate(timeout=60)[0] for process in started}
    assert len(secrets) == 1
    assert secrets == {(site.folder / "data" / "secret_key").read_text() + "\n"}


def test_two_servers_on_one_fresh_folder_both_serve(site: Site) -> None:
    with site.serving() as first, site.serving() as second:
        assert first.address != second.address
        for server in (first, second):
            assert httpx.get(server.address + READY).status_code == 200


REFUSED = {
    "short secret": ({"CONVENE_SECRET_KEY": "short"}, "CONVENE_SECRET_KEY must be at least 32 bytes"),
    "bad number": ({"CONVENE_PORT": "eighty"}, "CONVENE_PORT should be a valid integer"),
    "bad database": ({"CONVENE_DATABASE_URL": "nonsense"}, "CONVENE_DATABASE_URL cannot be understood"),
    "other database": ({"CONVENE_DATABASE_URL": "mysql://h/d"}, "cannot use a database of the kind mysql"),
    "other driver": ({"CONVENE_DATABASE_URL": "postgresql+psycopg://h/d"}, "names the driver psycopg"),
    "in memory": ({"CONVENE_DATABASE_URL": "sqlite://"}, "names no file"),
    "nobody there": (
        {"CONVENE_DATABASE_URL": "postgresql://u:pa55word@127.0.0.1:1/d"},
        "PostgreSQL at 127.0.0.1:1 does not answer",
    ),
    "no folder": ({"CONVENE_DATA_DIR": "/dev/null/data"}, "The data folder /dev/null/data cannot be used"),
    "no proxy": ({"CONVENE_TRUSTED_PROXIES": "my-proxy"}, "CONVENE_TRUSTED_PROXIES names my-proxy"),
    "no origin": ({"CONVENE_ALLOWED_ORIGINS": "a.example"}, "CONVENE_ALLOWED_ORIGINS names a.example"),
    "no public address": ({"CONVENE_PUBLIC_URL": "meet.example"}, "CONVENE_PUBLIC_URL names meet.example"),
    "no such address": ({"CONVENE_HOST": "192.0.2.1"}, "192.0.2.1 is no address of this machine"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_wrong_is_said_in_a_sentence(site: Site, case: str) -> None:
    variables, sentence = REFUSED[case]
    ended = site.configured(**variables).run("serve")
    assert ended.code == 1
    assert ended.err.startswith("convene: ")
    assert sentence in ended.err
    assert "Traceback" not in ended.err
    assert "pa55word" not in ended.err
    assert ended.out == ""


def test_a_wrong_password_is_said_without_repeating_it(site: Site, postgres_url: str) -> None:
    wrong = postgres_url.replace(httpx.URL(postgres_url).password, "not-the-password")
    ended = site.configured(CONVENE_DATABASE_URL=wrong).run("serve")
    assert ended.code == 1
    assert "refuses user and password" in ended.err
    assert "not-the-password" not in ended.err


def test_a_database_that_does_not_exist_is_said(site: Site, postgres_url: str) -> None:
    wrong = postgres_url.rpartition("/")[0] + "/nowhere"
    ended = site.configured(CONVENE_DATABASE_URL=wrong).run("migrate")
    assert ended.code == 1
    assert "has no database nowhere. Create it: createdb nowhere" in ended.err

"""`convene doctor`: finds what is wrong, says what to do, and never shows a secret."""

import socket
from pathlib import Path

from tests.cli.program import Site
from tests.identity.post_office import open_post_office
from tests.services.ports import free_port
from tests.services.redis import redis_server


def parts(report: str) -> dict[str, tuple[str, str]]:
    """State and finding of every part of the report."""
    rows = [[cell.strip() for cell in line.split("│")[1:-1]] for line in report.splitlines()]
    return {row[0]: (row[1], f"{row[2]} {row[3]}".strip()) for row in rows if len(row) == 4}


def test_a_fresh_site_is_well_and_nothing_is_made(site: Site) -> None:
    ended = site.configured(CONVENE_PORT=str(free_port())).run("doctor")
    found = parts(ended.out)
    assert {name: state for name, (state, _) in found.items() if name != "Browser client"} == {
        "Configuration": "ok",
        "Data folder": "ok",
        "Secret": "ok",
        "Database": "ok",
        "Redis": "ok",
        "Mail": "ok",
        "Port": "ok",
    }
    assert ended.code == (0 if found["Browser client"][0] == "ok" else 1)
    assert not (site.folder / "data").exists()


def test_it_says_where_settings_come_from_and_hides_secrets(site: Site) -> None:
    ended = site.configured(
        CONVENE_SECRET_KEY="a-secret-that-is-long-enough-for-anybody",
        CONVENE_DATABASE_URL="postgresql://ada:pa55word@127.0.0.1:1/convene",
        CONVENE_REDIS_URL="redis://:hush@127.0.0.1:1/0",
        CONVENE_SMTP_URL="smtp://ada:wh1sper@127.0.0.1:1",
        PORT="8123",
    ).run("doctor")
    for secret in ("a-secret-that", "pa55word", "hush", "wh1sper"):
        assert secret not in ended.out + ended.err
    rows = {tuple(cell.strip() for cell in line.split("│")[1:-1]) for line in ended.out.splitlines()}
    assert ("CONVENE_PORT", "8123", "PORT") in rows
    assert ("CONVENE_SECRET_KEY", "set", "CONVENE_SECRET_KEY") in rows
    assert ("CONVENE_HOST", "127.0.0.1", "default") in rows


def test_it_finds_what_is_wrong(site: Site) -> None:
    data = site.folder / "data"
    data.mkdir()
    secret = data / "secret_key"
    secret.write_text("x" * 64)
    secret.chmod(0o644)
    (data / "convene.db").touch()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = site.configured(
            CONVENE_PORT=str(taken.getsockname()[1]),
            CONVENE_REDIS_URL=f"redis://127.0.0.1:{free_port()}/0",
            CONVENE_DATABSE_URL="typo",
        ).run("doctor")
    found = parts(ended.out)
    assert ended.code == 1
    assert {name for name, (state, _) in found.items() if state == "fails"} >= {
        "Secret",
        "Schema",
        "Redis",
        "Port",
    }
    assert found["Configuration"][0] == "mind"
    assert "Did you mean CONVENE_DATABASE_URL?" in found["Configuration"][1]
    assert f"chmod 600 {secret}" in found["Secret"][1]
    assert "convene migrate" in found["Schema"][1]


def test_a_bad_configuration_is_reported_as_such(site: Site) -> None:
    ended = site.configured(CONVENE_SECRET_KEY="short", CONVENE_LOG_LEVEL="loud").run("doctor")
    assert ended.code == 1
    assert "CONVENE_SECRET_KEY must be at least 32 bytes" in ended.out
    assert "CONVENE_LOG_LEVEL should be" in ended.out
    assert "Traceback" not in ended.out + ended.err


def test_a_database_that_is_away_is_reported(site: Site) -> None:
    ended = site.configured(CONVENE_DATABASE_URL="postgresql://u:pa55word@127.0.0.1:1/d").run("doctor")
    assert ended.code == 1
    state, finding = parts(ended.out)["Database"]
    assert state == "fails"
    assert "does not answer" in finding
    assert "pa55word" not in ended.out


def test_postgres_and_redis_are_named_with_their_versions(site: Site, postgres_url: str) -> None:
    with redis_server() as redis:
        ready = site.configured(CONVENE_DATABASE_URL=postgres_url, CONVENE_REDIS_URL=redis.url)
        assert ready.run("migrate").code == 0
        found = parts(ready.run("doctor").out)
    assert found["Database"][1].startswith("PostgreSQL 1")
    assert found["Schema"][0] == "ok"
    assert found["Redis"][0] == "ok"


def test_a_folder_that_cannot_be_used_is_reported(site: Site) -> None:
    file = Path(site.folder) / "file"
    file.touch()
    found = parts(site.configured(CONVENE_DATA_DIR=str(file)).run("doctor").out)
    assert found["Data folder"][0] == "fails"
    assert "CONVENE_DATA_DIR" in found["Data folder"][1]


def test_it_asks_the_mail_server(site: Site) -> None:
    with open_post_office() as office:
        given = {f"CONVENE_{name.upper()}": value for name, value in office.settings.items()}
        assert parts(site.configured(**given).run("doctor").out)["Mail"][0] == "ok"
        del given["CONVENE_PUBLIC_URL"]
        state, says = parts(site.configured(**given).run("doctor").out)["Mail"]
    assert (state, "CONVENE_PUBLIC_URL" in says) == ("fails", True)
    nobody = site.configured(**given, CONVENE_PUBLIC_URL="https://meet.example.org").run("doctor")
    assert parts(nobody.out)["Mail"][0] == "fails"

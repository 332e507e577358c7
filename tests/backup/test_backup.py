"""A site is kept while it serves, and made again; whoever saw something newer begins anew, whoever did not goes on."""

import json
import os
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from models.identity.tables import Revocation, Tenant, User
from models.log.tables import SessionLog
from models.migrations import head
from models.transaction import Origin
from server.backup.archive import MANIFEST
from tests.realtime.fixtures import open_house
from tests.realtime.house import House
from tests.realtime.site import PROGRAM, SECRET, serving

PICTURE = b"not really a picture"


def convene(url: str, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs the program for a site with this database and this folder."""
    given = {
        "CONVENE_DATABASE_URL": url,
        "CONVENE_DATA_DIR": str(folder),
        "CONVENE_LOG_FORMAT": "json",
        "CONVENE_SECRET_KEY": SECRET,
    }
    return subprocess.run(
        [str(PROGRAM), *arguments],
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def said(done: subprocess.CompletedProcess[str]) -> str:
    return done.stdout + done.stderr


async def epoch_of(house: House, session_id: object) -> str:
    async with house.context.database.read() as db:
        return (await db.exec(select(SessionLog.epoch).where(SessionLog.session_id == session_id))).one()


async def test_a_restored_room_is_loaded_anew_by_who_saw_something_newer(
    empty_database: str, tmp_path: Path
) -> None:
    file = tmp_path / "site.zip"
    with serving(empty_database) as site:
        async with open_house(site) as house:
            room, host = await house.live()
            await host.ok("chat:send", room.id, text="Kept")
            (tmp_path / "files" / "avatars").mkdir(parents=True)
            (tmp_path / "files" / "avatars" / "1.webp").write_bytes(PICTURE)
            # It serves meanwhile.
            made = convene(empty_database, tmp_path, "backup", str(file))
            assert made.returncode == 0, said(made)
            await host.ok("chat:send", room.id, text="Said after it, and lost")
            seq = (await house.stored_log(room))[-1].seq
            epoch = await epoch_of(house, room.id)
            busy = convene(empty_database, tmp_path, "restore", str(file), "--force")
            assert (busy.returncode, "Stop the server first" in busy.stderr) == (1, True), said(busy)
    (tmp_path / "files" / "avatars" / "1.webp").unlink()
    full = convene(empty_database, tmp_path, "restore", str(file))
    assert (full.returncode, "not empty" in full.stderr) == (1, True), said(full)
    done = convene(empty_database, tmp_path, "restore", str(file), "--force")
    assert done.returncode == 0, said(done)
    assert (tmp_path / "files" / "avatars" / "1.webp").read_bytes() == PICTURE
    with serving(empty_database) as site:
        async with open_house(site) as house:
            assert await epoch_of(house, room.id) != epoch
            back = await house.client(room.owner)
            joined = await back.join(str(room.code), after={"epoch": epoch, "seq": seq})
            assert joined["epoch"] == await epoch_of(house, room.id)
            assert joined.get("events") is None
            assert [one["text"] for one in joined["state"]["messages"]] == ["Kept"]
            await back.ok("chat:send", room.id, text="It goes on")
            await house.assert_gapless(room)


async def test_everything_is_there_again_and_new_rows_find_their_place(
    empty_database: str, tmp_path: Path
) -> None:
    file = tmp_path / "site.zip"
    with serving(empty_database) as site:
        async with open_house(site) as house:
            ada = await house.account("Ada \t\n\\ Ünïcode ")
            async with house.context.transaction(Origin()) as tx:
                for _ in range(3):
                    tx.revoke((await tx.db.exec(select(Tenant.id))).one(), ada.user_id)  # type: ignore[arg-type]
            before = await everybody(house)
            assert convene(empty_database, tmp_path, "backup", str(file)).returncode == 0
    done = convene(empty_database, tmp_path, "restore", str(file), "--force")
    assert done.returncode == 0, said(done)
    with serving(empty_database) as site:
        async with open_house(site) as house:
            assert await everybody(house) == before
            async with house.context.transaction(Origin()) as tx:
                tx.revoke((await tx.db.exec(select(Tenant.id))).one(), ada.user_id)  # type: ignore[arg-type]
            async with house.context.database.read() as db:
                ids = (await db.exec(select(Revocation.id).order_by(col(Revocation.id)))).all()
            assert len(ids) == len(set(ids)) == 4
            assert (await house.get("/users/me", ada)).status_code == 200


async def everybody(house: House) -> list[dict[str, Any]]:
    async with house.context.database.read() as db:
        return [one.model_dump() for one in (await db.exec(select(User).order_by(col(User.id)))).all()]


@pytest.fixture
def made(tmp_path: Path) -> tuple[str, Path]:
    """The database of an empty site, and its backup."""
    url, file = f"sqlite:///{tmp_path / 'convene.db'}", tmp_path / "site.zip"
    assert convene(url, tmp_path, "migrate").returncode == 0
    assert convene(url, tmp_path, "backup", str(file)).returncode == 0
    return url, file


def changed(file: Path, name: str, content: bytes) -> None:
    """The same archive with another part."""
    with zipfile.ZipFile(file) as archive:
        parts = {one: archive.read(one) for one in archive.namelist()}
    with zipfile.ZipFile(file, "w") as archive:
        for one, data in {**parts, name: content}.items():
            archive.writestr(one, data)


def manifest_of(file: Path) -> dict[str, Any]:
    with zipfile.ZipFile(file) as archive:
        found: dict[str, Any] = json.loads(archive.read(MANIFEST))
        return found


def test_the_file_is_for_its_owner_alone_and_says_what_it_is(made: tuple[str, Path]) -> None:
    _, file = made
    assert file.stat().st_mode & 0o777 == 0o600
    manifest = manifest_of(file)
    assert (manifest["database"], manifest["revision"]) == ("sqlite", head())
    assert [one["name"] for one in manifest["parts"]] == ["convene.db"]


def test_nothing_is_written_over_unasked(made: tuple[str, Path], tmp_path: Path) -> None:
    url, file = made
    again = convene(url, tmp_path, "backup", str(file))
    assert (again.returncode, "there already" in again.stderr) == (1, True)
    assert convene(url, tmp_path, "backup", str(file), "--force").returncode == 0


@pytest.mark.parametrize("harm", ["part", "truncated", "text", "foreign part"])
def test_what_is_damaged_is_refused_and_nothing_touched(
    made: tuple[str, Path], tmp_path: Path, harm: str
) -> None:
    url, file = made
    if harm == "part":
        changed(file, "convene.db", b"SQLite format 3\x00")
    elif harm == "foreign part":
        changed(file, "../outside", b"")
    else:
        file.write_bytes(file.read_bytes()[:-200] if harm == "truncated" else b"hello")
    before = (tmp_path / "convene.db").read_bytes()
    done = convene(url, tmp_path, "restore", str(file), "--force")
    assert (done.returncode, done.stderr.startswith("convene: ")) == (1, True), said(done)
    assert "Traceback" not in done.stderr
    assert (tmp_path / "convene.db").read_bytes() == before


@pytest.mark.parametrize(
    ("field", "value", "why"), [("revision", "9999", "newer"), ("database", "postgresql", "same kind")]
)
def test_what_does_not_fit_is_refused(
    made: tuple[str, Path], tmp_path: Path, field: str, value: str, why: str
) -> None:
    url, file = made
    changed(file, MANIFEST, json.dumps({**manifest_of(file), field: value}).encode())
    done = convene(url, tmp_path, "restore", str(file), "--force")
    assert (done.returncode, why in done.stderr) == (1, True), said(done)


def test_a_site_is_made_on_another_machine(made: tuple[str, Path], tmp_path: Path) -> None:
    _, file = made
    folder = tmp_path / "elsewhere"
    url = f"sqlite:///{folder / 'convene.db'}"
    done = convene(url, folder, "restore", str(file))
    assert done.returncode == 0, said(done)
    assert "up to date" in convene(url, folder, "migrate").stdout


def test_the_secret_that_was_made_goes_along(tmp_path: Path) -> None:
    variables = {"CONVENE_DATA_DIR": str(tmp_path / "one")}
    clean = {name: value for name, value in os.environ.items() if not name.startswith("CONVENE_")}

    def run(*arguments: str) -> None:
        subprocess.run(
            [str(PROGRAM), *arguments], env={**clean, **variables}, check=True, capture_output=True
        )

    run("migrate")
    (tmp_path / "one" / "secret_key").write_text(SECRET)
    run("backup", str(tmp_path / "site.zip"))
    variables["CONVENE_DATA_DIR"] = str(tmp_path / "two")
    run("restore", str(tmp_path / "site.zip"))
    one, two = [(tmp_path / name / "secret_key") for name in ("one", "two")]
    assert one.read_text() == two.read_text()
    assert two.stat().st_mode & 0o777 == 0o600

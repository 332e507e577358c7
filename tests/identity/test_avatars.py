"""Pictures of people: made anew from what is sent, shown where they are, and nothing else gets in."""

import asyncio
import io
import struct
import zlib
from pathlib import Path
from typing import Any

import httpx
import pytest
from PIL import Image

from server.storage.folder import FolderStorage
from tests.identity.people import bearer, code_of, register
from tests.realtime.house import House
from tests.services.ports import LOOPBACK

ME = "/api/v1/users/me"
SCRIPT = b"<script>alert(1)</script>"


def picture(kind: str = "PNG", size: tuple[int, int] = (300, 200), **options: Any) -> bytes:
    """A picture: red on its left half, blue on its right."""
    made = Image.new("RGB", size, "blue")
    made.paste("red", (0, 0, size[0] // 2, size[1]))
    file = io.BytesIO()
    made.save(file, kind, **options)
    return file.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A small file that says it is a huge picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def jpeg_of_many_scans(scans: int) -> bytes:
    """A picture whose last scan, which changes nothing, comes again and again."""
    once = picture("JPEG", progressive=True)
    last = once.rindex(b"\xff\xda")
    head, scan = once[:last], once[last:-2]
    return head + scan * (scans - head.count(b"\xff\xda")) + b"\xff\xd9"


async def upload(
    http: httpx.AsyncClient, token: str, content: bytes, kind: str = "image/png"
) -> httpx.Response:
    return await http.post(f"{ME}/avatar", content=content, headers={**bearer(token), "Content-Type": kind})


async def first_line(house: House, token: str, length: int) -> bytes:
    """What is answered to who says that so much is coming, before any of it has come."""
    reader, writer = await asyncio.open_connection(LOOPBACK, house.site.settings.port)
    head = f"POST {ME}/avatar HTTP/1.1\r\nHost: {LOOPBACK}\r\nAuthorization: Bearer {token}\r\n"
    writer.write(f"{head}Content-Type: image/png\r\nContent-Length: {length}\r\n\r\n".encode())
    line = await reader.readline()
    writer.close()
    return line


async def begin_upload(
    house: House, token: str, *, waits: bool = True
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A picture whose head alone has been sent; once the server reads on, it says so."""
    reader, writer = await asyncio.open_connection(LOOPBACK, house.site.settings.port)
    head = f"POST {ME}/avatar HTTP/1.1\r\nHost: {LOOPBACK}\r\nAuthorization: Bearer {token}\r\n"
    writer.write(
        f"{head}Content-Type: image/png\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n".encode()
    )
    if waits:
        assert b" 100 " in await reader.readline()
    return reader, writer


async def kept(house: House, content: bytes, kind: str = "image/png") -> tuple[str, httpx.Response]:
    """Where a new account's picture is, and the answer from there."""
    token = (await register(house.http))["access_token"]
    answer = await upload(house.http, token, content, kind)
    assert answer.is_success, answer.text
    url: str = answer.json()["data"]["avatar_url"]
    return url, await house.http.get(url)


async def test_a_picture_is_kept_as_small_squares(any_house: House) -> None:
    url, answer = await kept(any_house, picture())
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    for size in (64, 128, 256):
        one = await any_house.http.get(url.replace("/128.", f"/{size}."))
        with Image.open(io.BytesIO(one.content)) as square:
            assert (square.format, square.size) == ("WEBP", (size, size))
    again = await any_house.http.get(url, headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_what_else_was_in_the_file_stays_behind(house: House) -> None:
    exif = Image.Exif()
    exif[0x010E] = "at home, 48.1 north"
    exif[0x0112] = 3
    _, answer = await kept(house, picture("JPEG", exif=exif, comment=SCRIPT), "image/jpeg")
    with Image.open(io.BytesIO(answer.content)) as square:
        assert not square.getexif()
        # Turned as the camera said: red is on the right now.
        red, _, blue = square.convert("RGB").getpixel((120, 64))  # type: ignore[misc]
        assert red > blue
    assert b"at home" not in answer.content
    assert SCRIPT not in answer.content


@pytest.mark.parametrize("kind", ["PNG", "GIF", "JPEG"])
async def test_a_picture_that_is_also_something_else_is_only_a_picture_then(house: House, kind: str) -> None:
    _, answer = await kept(house, picture(kind) + b"<html>" + SCRIPT + b"PK\x03\x04")
    assert answer.content[:4] == b"RIFF"
    assert SCRIPT not in answer.content
    assert b"PK\x03\x04" not in answer.content


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        b"GIF89a/*" + SCRIPT + b"*/=1;",
        b"\x89PNG\r\n\x1a\n" + SCRIPT,
        picture()[:-200],
        picture("TIFF"),
        picture("BMP"),
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
        b"x",
        b"",
    ],
)
async def test_what_is_no_picture_is_refused(house: House, content: bytes) -> None:
    token = (await register(house.http))["access_token"]
    assert code_of(await upload(house.http, token, content)) == (422, "PICTURE_NOT_READABLE")


@pytest.mark.parametrize("size", [(6_000, 6_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1), (1, 2**31 - 1)])
async def test_a_bomb_is_not_decoded(house: House, size: tuple[int, int]) -> None:
    token = (await register(house.http))["access_token"]
    assert code_of(await upload(house.http, token, png_claiming(*size))) == (422, "PICTURE_NOT_READABLE")


async def test_a_picture_that_would_be_gone_over_again_and_again_is_not_decoded(house: House) -> None:
    token = (await register(house.http))["access_token"]
    assert (await upload(house.http, token, jpeg_of_many_scans(30), "image/jpeg")).is_success
    for scans in (31, 10_000):
        answer = await upload(house.http, token, jpeg_of_many_scans(scans), "image/jpeg")
        assert code_of(answer) == (422, "PICTURE_NOT_READABLE")
        assert "take very long" in answer.json()["message"]


async def test_a_small_picture_of_the_picture_is_no_scan_of_it(house: House) -> None:
    token = (await register(house.http))["access_token"]
    plain = picture("JPEG", progressive=True)
    inside = b"\xff\xe1\x01\x02" + b"\xff\xda" * 128
    whole = plain[:2] + inside + plain[2:] + b"\xff\xda" * 128
    assert (await upload(house.http, token, whole, "image/jpeg")).is_success


async def test_only_files_of_a_size_and_type_are_read(house: House) -> None:
    token = (await register(house.http))["access_token"]
    assert b" 413 " in await first_line(house, token, 5 * 1024 * 1024 + 1)
    for kind in ("image/svg+xml", "application/json", "text/html"):
        answer = await upload(house.http, token, picture(), kind)
        assert code_of(answer) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert (await house.http.post(f"{ME}/avatar", content=picture())).status_code == 401


async def test_nobody_has_the_server_hold_many_files_half_sent(house: House) -> None:
    token, other = [(await register(house.http))["access_token"] for _ in range(2)]
    (_, first), (_, second) = [await begin_upload(house, token) for _ in range(2)]
    reader, third = await begin_upload(house, token, waits=False)
    goes_on = asyncio.create_task(reader.readline())
    _, others = await begin_upload(house, other)
    assert not goes_on.done()
    first.close()
    assert b" 100 " in await goes_on
    for one in (second, third, others):
        one.close()


@pytest.mark.parametrize(
    "path",
    [
        "/avatars/" + "0" * 32 + "/128.webp",
        "/avatars/" + "0" * 32 + "/129.webp",
        "/avatars/%2e%2e/%2e%2e",
        "/avatars/" + "0" * 32 + "/..%5c..%5csecret_key",
    ],
)
async def test_nothing_else_is_found_there(house: House, path: str) -> None:
    answer = await house.http.get(path)
    assert code_of(answer) == (404, "NOT_FOUND")


@pytest.mark.parametrize(
    "key", ["../secret", "a/../../b", "/etc/passwd", "a\\b", "a//b", "", "a/.b", "a.b.c"]
)
async def test_no_key_leads_out_of_the_folder(tmp_path: Path, key: str) -> None:
    storage = FolderStorage(tmp_path / "files")
    for attempt in (storage.read, storage.remove):
        with pytest.raises(ValueError, match="not a key"):
            await attempt(key)
    with pytest.raises(ValueError, match="not a key"):
        await storage.write(key, b"x")
    assert not (tmp_path / "files").exists()


async def test_another_picture_takes_the_place_of_the_last(house: House) -> None:
    token = (await register(house.http))["access_token"]
    first = (await upload(house.http, token, picture())).json()["data"]["avatar_url"]
    second = (await upload(house.http, token, picture(size=(50, 90)))).json()["data"]["avatar_url"]
    assert first != second
    assert (await house.http.get(first)).status_code == 404
    assert (await house.http.get(second)).is_success
    gone = await house.http.delete(f"{ME}/avatar", headers=bearer(token))
    assert gone.json()["data"]["avatar_url"] is None
    assert (await house.http.get(second)).status_code == 404


async def test_one_persons_picture_is_not_anothers(house: House) -> None:
    first, _ = await kept(house, picture())
    second, _ = await kept(house, picture())
    assert first != second


async def test_the_room_sees_it_at_once(any_house: House) -> None:
    owner = await any_house.account("Hana")
    sent = await upload(any_house.http, owner.token, picture())
    url = sent.json()["data"]["avatar_url"]
    room = await any_house.room(owner)
    host = await any_house.host(room)
    member_account = await any_house.account("Mia")
    member = await any_house.client(member_account)
    joined = await member.join(room.id)
    people = joined["state"]["participants"]
    assert [one["avatar_url"] for one in people.values()] == [url, None]
    mine = joined["participant"]["id"]
    changed = await upload(any_house.http, member_account.token, picture("GIF"))
    seen = await host.event("participant:avatar_changed", lambda data: data["participant_id"] == mine)
    assert seen.data["avatar_url"] == changed.json()["data"]["avatar_url"]
    hide = {"preferences": {"privacy": {"show_avatar": False}}}
    await any_house.request("PATCH", "/users/me", hide, member_account)
    hidden = await host.event("participant:avatar_changed", lambda data: data["avatar_url"] is None)
    assert hidden.data["participant_id"] == mine
    now = (await any_house.get(f"/sessions/{room.id}/state", owner)).json()["data"]["state"]
    assert now["participants"][mine]["avatar_url"] is None


async def test_who_waits_is_seen_with_it_and_it_is_hidden_on_wish(house: House) -> None:
    owner = await house.account("Hana")
    room = await house.room(owner, settings={"requires_approval": True})
    host = await house.host(room)
    mia = await house.account("Mia")
    url = (await upload(house.http, mia.token, picture())).json()["data"]["avatar_url"]
    await (await house.client(mia)).join(room.id)
    came = await host.event("waiting_room:updated", lambda data: data["waiting"] is not None)
    assert came.data["waiting"]["avatar_url"] == url
    await house.http.delete(f"{ME}/avatar", headers=bearer(mia.token))
    await host.event("participant:avatar_changed", lambda data: data["avatar_url"] is None)

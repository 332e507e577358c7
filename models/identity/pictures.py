"""From whatever somebody uploads to small square pictures of our own making."""

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from models.errors import PictureNotReadable, Unavailable
from models.identity.avatar_urls import SIZES

FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
MOST_PIXELS: Final = 25_000_000
"""What is decoded takes four bytes for each, however small the file is."""

MOST_SCANS: Final = 30
"""Of a JPEG: encoders write a dozen. Each goes over the whole picture anew, and may take twelve bytes of the file."""

AT_ONCE: Final = 2
QUEUE_WAIT_S: Final = 10.0
QUALITY: Final = 82
LOGO_SIZE: Final = (480, 160)
"""Three times what is shown: wide enough for a name that is written out."""

# The next marker of a JPEG that begins a segment: neither a byte of a scan nor one that stands for itself alone.
_MARKER: Final = re.compile(rb"\xff+([\x02-\xcf\xd8-\xfe])")
_SCAN, _END = b"\xda", b"\xd9"


class Pictures:
    """Decodes and encodes pictures, a few at a time, beside everything else."""

    def __init__(self) -> None:
        self._slots = asyncio.Semaphore(AT_ONCE)

    async def squares(self, content: bytes) -> Mapping[int, bytes]:
        """The middle of the picture as WebP in every size, by width. Raises PictureNotReadable, Unavailable.

        Everything else that was in the file stays behind: where it was taken, by which device, what was appended.
        """
        async with self._turn():
            return await asyncio.to_thread(_squares, content)

    async def logo(self, content: bytes) -> bytes:
        """The whole picture as WebP, as large as a logo is at most. Raises PictureNotReadable, Unavailable."""
        async with self._turn():
            return await asyncio.to_thread(_logo, content)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        try:
            await asyncio.wait_for(self._slots.acquire(), QUEUE_WAIT_S)
        except TimeoutError as error:
            raise Unavailable(retry_after_s=5) from error
        try:
            yield
        finally:
            self._slots.release()


def _squares(content: bytes) -> Mapping[int, bytes]:
    try:
        # By the content alone: what the sender calls it does not count.
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            _check_cost(picture, content)
            picture.draft("RGB", (max(SIZES), max(SIZES)))
            upright = ImageOps.exif_transpose(picture)
            return {size: _square(upright, size) for size in SIZES}
    except PictureNotReadable:
        raise
    except Exception as error:  # whatever a decoder stumbles over, it is not a picture for us
        raise PictureNotReadable from error


def _check_cost(picture: Image.Image, content: bytes) -> None:
    # Known before anything is decoded.
    if picture.width * picture.height > MOST_PIXELS:
        raise PictureNotReadable("This picture is too large. Make it smaller than 25 megapixels.")
    if content.startswith(b"\xff\xd8") and _scans(content) > MOST_SCANS:
        raise PictureNotReadable("This picture is made to take very long. Save it anew with another program.")


def _scans(content: bytes) -> int:
    """How many scans a JPEG has, counted as far as one is too many."""
    scans, place = 0, 2
    while scans <= MOST_SCANS:
        marker = _MARKER.search(content, place)
        if marker is None or marker[1] == _END:
            break
        scans += marker[1] == _SCAN
        # What a segment holds, such as a small picture of the picture, is none of its markers.
        place = marker.end() + int.from_bytes(content[marker.end() : marker.end() + 2])
    return scans


def _logo(content: bytes) -> bytes:
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            _check_cost(picture, content)
            upright = _coloured(ImageOps.exif_transpose(picture))
            return _encoded(ImageOps.contain(upright, LOGO_SIZE, Image.Resampling.LANCZOS))
    except PictureNotReadable:
        raise
    except Exception as error:  # whatever a decoder stumbles over, it is not a picture for us
        raise PictureNotReadable from error


def _square(picture: Image.Image, size: int) -> bytes:
    return _encoded(ImageOps.fit(_coloured(picture), (size, size), Image.Resampling.LANCZOS))


def _coloured(picture: Image.Image) -> Image.Image:
    has_alpha = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    return picture.convert("RGBA" if has_alpha else "RGB")


def _encoded(small: Image.Image) -> bytes:
    # Into a new picture: nothing that the old one carried with it is written.
    clean = Image.new(small.mode, small.size)
    clean.paste(small)
    encoded = BytesIO()
    clean.save(encoded, "WEBP", quality=QUALITY, method=4)
    return encoded.getvalue()

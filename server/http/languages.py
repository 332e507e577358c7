"""Which language a browser asks for."""

import re
from typing import Final

from starlette.requests import Request

_TAG: Final = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")


def spoken_language(request: Request) -> str | None:
    """The first language that the browser names; browsers name the one they like best first."""
    first = request.headers.get("accept-language", "")[:200].partition(",")[0].partition(";")[0].strip()
    return first if _TAG.fullmatch(first) else None

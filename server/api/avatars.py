"""Pictures of people. Whoever has an address has the picture; nobody can guess one."""

import re
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from models.context import Context
from models.errors import NotFound
from models.identity.avatar_urls import SIZES
from models.identity.avatars import picture_key
from server.http.pages import FOR_EVER

_AVATAR: Final = re.compile(r"[0-9a-f]{32}")
_FILES: Final = {f"{size}.webp": size for size in SIZES}


async def show_avatar(request: Request) -> Response:
    """One picture in one size; under its address there will never be another. Raises NotFound."""
    avatar, size = request.path_params["avatar"], _FILES.get(request.path_params["file"])
    if size is None or _AVATAR.fullmatch(avatar) is None:
        raise NotFound
    context: Context = request.state.context
    tag = f'"{avatar}-{size}"'
    content = await context.storage.read(picture_key(avatar, size))
    if content is None:
        raise NotFound
    headers = {"Cache-Control": FOR_EVER, "ETag": tag, "Cross-Origin-Resource-Policy": "same-origin"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="image/webp", headers=headers)

"""Built files, and the browser client's one page for every address that is not something else."""

from http import HTTPStatus
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from models.errors import MethodNotAllowed, NotFound
from server.http.routing import Named

DIST: Final = Path(__file__).parents[2] / "static" / "dist"
FOR_EVER: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "no-cache"
NOT_BUILT: Final = (
    "The browser client is not built. `make run` builds it; the API works without it, see /docs.\n"
)
NO_PAGES: Final = ("/api/", "/assets/", "/socket.io/", "/docs/")


class Files(StaticFiles):
    """A folder of files under one caching rule. What is not there is a 404 of ours, the folder itself included."""

    def __init__(self, folder: Path, caching: str) -> None:
        super().__init__(directory=folder, check_dir=False)
        self._caching = caching

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self.get_response(self.get_path(scope), scope)
        await response(scope, receive, send)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, or that it has not changed. Raises NotFound, MethodNotAllowed."""
        try:
            response = await super().get_response(path, scope)
        except HTTPException as error:
            if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
                raise MethodNotAllowed(allowed="GET, HEAD") from error
            raise NotFound from error
        except ValueError as error:  # a path that no file system knows
            raise NotFound from error
        response.headers["Cache-Control"] = self._caching
        return response


class OneFile:
    """The same file whatever the address."""

    def __init__(self, folder: Path, name: str) -> None:
        self._files = Files(folder, ASK_AGAIN)
        self._name = name
        self.is_there = (folder / name).is_file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._files.get_response(self._name, scope)
        await response(scope, receive, send)


def design_routes(dist: Path = DIST) -> list[BaseRoute]:
    """/design, every part of the browser client in every theme: where it was built, which no wheel contains."""
    folder = dist / "design"
    if not folder.is_dir():
        return []
    return [
        Route("/design", Named("/design", OneFile(folder, "index.html"))),
        Mount("/design", Named("/design", Files(folder, ASK_AGAIN))),
    ]


class ClientPage:
    """`index.html` for every address that only the client itself can make sense of."""

    def __init__(self, dist: Path = DIST) -> None:
        self._page = OneFile(dist, "index.html")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if f"{scope['path']}/".startswith(NO_PAGES):
            raise NotFound
        if self._page.is_there():
            await self._page(scope, receive, send)
        elif scope["method"] in ("GET", "HEAD"):
            await PlainTextResponse(NOT_BUILT, 503, {"Cache-Control": ASK_AGAIN})(scope, receive, send)
        else:
            raise MethodNotAllowed(allowed="GET, HEAD")

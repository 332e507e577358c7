"""The API reference: Swagger UI, from our own server alone."""

from pathlib import Path
from typing import Final

from starlette.routing import BaseRoute, Mount, Route

from server.http.pages import ASK_AGAIN, DIST, Files, OneFile

_HERE: Final = Path(__file__).parent


def docs_routes() -> list[BaseRoute]:
    """/docs, the script and style that are ours, and Swagger UI's own files."""
    return [
        Route("/docs", OneFile(_HERE, "docs.html")),
        Route("/docs/", OneFile(_HERE, "docs.html")),
        Route("/docs/docs.js", OneFile(_HERE, "docs.js")),
        Route("/docs/docs.css", OneFile(_HERE, "docs.css")),
        Mount("/docs", Files(DIST / "docs", ASK_AGAIN)),
    ]

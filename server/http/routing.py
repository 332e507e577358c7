"""From the table of endpoints to routes, one for each address."""

from collections.abc import Callable, Iterable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from server.http.dispatch import Resource
from server.http.endpoint import Endpoint
from server.http.metrics import ROUTE


def endpoint_routes(endpoints: Iterable[Endpoint]) -> list[BaseRoute]:
    """One route per address; one that is spelled out is looked up before one with an id in that place."""
    by_path: dict[str, dict[str, Endpoint]] = {}
    for endpoint in endpoints:
        methods = by_path.setdefault(endpoint.path, {})
        if endpoint.method in methods:
            raise ValueError(f"{endpoint.method} {endpoint.path} is in the table twice")
        methods[endpoint.method] = endpoint
    ordered = sorted(by_path.items(), key=lambda item: [step.startswith("{") for step in item[0].split("/")])
    return [Route(path, Named(path, Resource(methods))) for path, methods in ordered]


def page(path: str, produce: Callable[[Request], Response]) -> BaseRoute:
    """A page that is no endpoint: a metric, a contract."""
    return Route(path, Named(path, _Produced(produce)), methods=["GET"])


class Named:
    """Tells the metrics which route this is."""

    def __init__(self, path: str, app: ASGIApp) -> None:
        self._path = path
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope[ROUTE] = self._path
        await self._app(scope, receive, send)


class _Produced:
    def __init__(self, produce: Callable[[Request], Response]) -> None:
        self._produce = produce

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._produce(Request(scope, receive))(scope, receive, send)

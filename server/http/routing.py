"""From the table of endpoints to the way that leads to each address."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from server.http.dispatch import Resource
from server.http.endpoint import Endpoint
from server.http.metrics import ROUTE


def endpoint_routes(endpoints: Iterable[Endpoint]) -> list[BaseRoute]:
    """The way to all of them; one that is spelled out is looked up before one with an id in that place."""
    by_path: dict[str, dict[str, Endpoint]] = {}
    for endpoint in endpoints:
        methods = by_path.setdefault(endpoint.path, {})
        if endpoint.method in methods:
            raise ValueError(f"{endpoint.method} {endpoint.path} is in the table twice")
        methods[endpoint.method] = endpoint
    return [Addresses({path: Named(path, Resource(methods)) for path, methods in by_path.items()})]


@dataclass(slots=True)
class Step:
    """How far an address goes: what may follow, and what is here if it ends here."""

    spelled: dict[str, "Step"] = field(default_factory=dict)
    any_id: "Step | None" = None
    id_name: str = ""
    app: ASGIApp | None = None

    def follow(self, name: str) -> "Step":
        """The step for one part of an address: spelled out, or an id in braces."""
        if not name.startswith("{"):
            return self.spelled.setdefault(name, Step())
        self.any_id = self.any_id or Step(id_name=name.strip("{}"))
        if self.any_id.id_name != name.strip("{}"):
            raise ValueError(f"{name} is called {self.any_id.id_name} in another address")
        return self.any_id

    def find(self, parts: list[str], at: int, ids: dict[str, str]) -> ASGIApp | None:
        """What stands at the end of an address; the ids on the way are put into `ids`."""
        if at == len(parts):
            return self.app
        spelled = self.spelled.get(parts[at])
        found = None if spelled is None else spelled.find(parts, at + 1, ids)
        if found is None and self.any_id is not None and parts[at]:
            ids[self.any_id.id_name] = parts[at]
            found = self.any_id.find(parts, at + 1, ids)
            if found is None:
                del ids[self.any_id.id_name]
        return found


class Addresses(BaseRoute):
    """All addresses as a tree: to find one takes as many steps as it has parts, however many others there are."""

    def __init__(self, apps: Mapping[str, ASGIApp]) -> None:
        self._first = Step()
        self._most_parts = 0
        for path, app in apps.items():
            parts = path.split("/")
            self._most_parts = max(self._most_parts, len(parts))
            step = self._first
            for part in parts:
                step = step.follow(part)
            step.app = app

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether there is such an address."""
        if scope["type"] != "http":
            return Match.NONE, {}
        parts = scope["path"].split("/", self._most_parts)
        ids: dict[str, str] = {}
        app = self._first.find(parts, 0, ids)
        if app is None:
            return Match.NONE, {}
        return Match.FULL, {"endpoint": app, "path_params": ids}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Has the address answer that was found."""
        await scope["endpoint"](scope, receive, send)


def page(path: str, produce: Callable[[Request], Response | Awaitable[Response]]) -> BaseRoute:
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
    def __init__(self, produce: Callable[[Request], Response | Awaitable[Response]]) -> None:
        self._produce = produce

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        produced = self._produce(Request(scope, receive))
        response = produced if isinstance(produced, Response) else await produced
        await response(scope, receive, send)

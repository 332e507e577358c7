"""Counts and latencies of requests, by route and never by person or session."""

import time

from prometheus_client import CollectorRegistry, Counter, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

METHODS = frozenset({"GET", "HEAD", "POST", "PATCH", "PUT", "DELETE", "OPTIONS"})
UNMATCHED = "(none)"
ROUTE = "convene.route"
"""Where in the scope the template of the address stands."""

BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Measured:
    """Measures every HTTP request of the app inside. The route is what the router notes under `ROUTE`."""

    def __init__(self, app: ASGIApp, registry: CollectorRegistry) -> None:
        self._app = app
        self._requests = Counter(
            "convene_http_requests", "Requests answered.", ("method", "route", "status"), registry=registry
        )
        self._latency = Histogram(
            "convene_http_request_seconds",
            "Time until the answer was complete.",
            ("method", "route"),
            registry=registry,
            buckets=BUCKETS_S,
        )
        self._known: dict[tuple[str, str, str], tuple[Counter, Histogram]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started_s = time.perf_counter()
        status = "0"

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            method = scope["method"] if scope["method"] in METHODS else "OTHER"
            route = scope.get(ROUTE, UNMATCHED)
            self._observe(method, route, status, time.perf_counter() - started_s)

    def _observe(self, method: str, route: str, status: str, took_s: float) -> None:
        key = method, route, status
        pair = self._known.get(key)
        if pair is None:
            pair = self._known[key] = self._requests.labels(*key), self._latency.labels(method, route)
        pair[0].inc()
        pair[1].observe(took_s)

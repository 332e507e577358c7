"""From a request to an answer: read, open a transaction, find out who asks, do it, remember the answer, commit."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import orjson
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from models.actors import check_not_sent_out
from models.addresses import client_address
from models.audit.agents import agent_of
from models.audit.keeping import note_refusal
from models.context import Context
from models.errors import (
    ConveneError,
    Forbidden,
    MethodNotAllowed,
    RateLimited,
    Unauthenticated,
    ValidationFailed,
)
from models.identity.api_keys import read_token
from models.identity.principals import load_principal
from models.identity.tokens import AccessClaims, Claims
from models.log.answers import RequestKey, claim_request, remember_request
from models.rooms.arriving import read_arrival
from models.tables import DEFAULT_TENANT
from models.transaction import Origin, Transaction
from server.http.allowance_headers import allowance_headers
from server.http.call import Call
from server.http.crossing import crossed
from server.http.endpoint import Auth, Change, Endpoint, Read
from server.http.grouped import in_group
from server.http.incoming import read_body, read_ids, read_query, read_upload
from server.http.reply import Rehearsed, Reply, as_json

MAX_KEY_CHARS = 255
UPLOADS_AT_ONCE = 2
"""Files that are taken in from one person; further ones wait, unread, for their turn."""

REPLAYED = (("Idempotency-Replayed", "true"),)


class Resource:
    """All methods of one address."""

    def __init__(self, endpoints: Mapping[str, Endpoint]) -> None:
        self._endpoints = endpoints
        self._allowed = ", ".join(sorted({*endpoints, *(["HEAD"] if "GET" in endpoints else [])}))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises whatever ConveneError says no."""
        endpoint = self._endpoints.get("GET" if scope["method"] == "HEAD" else scope["method"])
        if endpoint is None:
            raise MethodNotAllowed(allowed=self._allowed)
        response = await answer(endpoint, Request(scope, receive))
        response.raw_headers.extend(allowance_headers(scope))
        await response(scope, receive, send)


async def answer(endpoint: Endpoint, request: Request) -> Response:
    """Carries out one request at one endpoint."""
    context: Context = request.state.context
    origin = _origin(endpoint, request, context)
    claims: Claims | None = None
    try:
        claims = await _claims(endpoint, request, context)
        _check_key(endpoint, claims)
        return await _answer(endpoint, request, origin, claims)
    except ConveneError as error:
        is_named = claims is not None or "authorization" in request.headers
        if is_named or endpoint.auth is Auth.OPTIONAL or isinstance(error, RateLimited):
            _note(context, request, origin, claims, error)
        raise


async def _answer(endpoint: Endpoint, request: Request, origin: Origin, claims: Claims | None) -> Response:
    context: Context = request.state.context
    if claims is not None:
        # As fast as one socket, and counted before the database is asked anything.
        per_minute = context.settings.commands_per_second * 60
        await context.limits.hit("request", str(claims.person_id), per_minute)
        await _count_for_tenant(request, context, claims)
        context = context.within(claims.tenant_id)
    ids = read_ids(request.path_params)
    query = read_query(request, endpoint.query)
    body: Any = None
    raw = b""
    if endpoint.upload is not None and claims is not None:
        # Their rest may be long in coming, and all the while what has come is held.
        async with context.limits.at_most(UPLOADS_AT_ONCE, "upload", str(claims.person_id)):
            body = await read_upload(request, endpoint.upload)
    elif endpoint.method != "GET":
        body, raw = await read_body(request, endpoint.body, context.settings.max_message_bytes)
    call = await crossed(endpoint, Call(context, request, origin, ids, query, body, claims))
    if endpoint.stream is not None:
        async with call.context.database.read() as db:
            call = await _identified(db, call)
        return await endpoint.stream(call)
    try:
        async with endpoint.around(call):
            status, envelope, headers = await _carry_out(endpoint, call, raw)
    except Rehearsed as rehearsed:
        status, envelope, headers = _finished(endpoint, rehearsed.reply)
    if endpoint.after is not None:
        envelope["data"] = endpoint.after(call, envelope["data"])
    if status == HTTPStatus.NO_CONTENT:
        return Response(status_code=status, headers={"Cache-Control": "no-store", **dict(headers)})
    return as_json(status, envelope, headers)


async def _count_for_tenant(request: Request, context: Context, claims: Claims) -> None:
    allowance = await context.allowances.count_request(claims.tenant_id)
    if allowance is not None:
        # For the headers of whatever the answer will be.
        request.state.allowance = allowance
        if allowance.is_spent:
            raise allowance.refusal()


_Finished = tuple[int, dict[str, Any], tuple[tuple[str, str], ...]]


async def _carry_out(endpoint: Endpoint, call: Call, raw: bytes) -> _Finished:
    if endpoint.change is not None and endpoint.grouped is not None:
        outcome = await in_group(endpoint, endpoint.change, call, _key(endpoint, call, raw))
        return endpoint.status, outcome.answer or {}, REPLAYED if outcome.is_repeated else ()
    if endpoint.change is not None:
        return await _change(endpoint, endpoint.change, call, raw)
    if endpoint.read is not None:
        reply = await _read(endpoint.read, call)
        # Nobody looks into it any more, unless something is to be added to it.
        envelope = reply.written() if endpoint.after is None else reply.envelope()
        return reply.status or endpoint.status, envelope, reply.headers
    return _finished(endpoint, await endpoint.does(call))


async def _read(read: Read, call: Call) -> Reply:
    async with call.context.database.read() as db:
        return await read(await _arrived(db, call), db)


async def _change(endpoint: Endpoint, change: Change, call: Call, raw: bytes) -> _Finished:
    async with call.context.transaction(call.origin) as tx:
        call = await _identified(tx.db, call)
        if call.principal is not None:
            user = call.principal.user
            tx.acts_for(None, None if user is None else user.id, call.principal.who)
        used = _key(endpoint, call, raw)
        earlier = None if used is None else await claim_request(tx, used)
        if earlier is not None:
            if call.principal is not None and "session_id" in call.ids:
                await check_not_sent_out(tx.db, call.principal, call.ids["session_id"])
            return earlier.status, orjson.loads(earlier.answer), REPLAYED
        finished = _finished(endpoint, await change(call, tx))
        await _remember(tx, used, finished)
        return finished


async def _remember(tx: Transaction, used: RequestKey | None, finished: _Finished) -> None:
    if used is not None:
        await remember_request(tx, used, finished[0], orjson.dumps(finished[1]))


def _finished(endpoint: Endpoint, reply: Reply) -> _Finished:
    return reply.status or endpoint.status, reply.envelope(), reply.headers


async def _identified(db: AsyncSession, call: Call) -> Call:
    if call.claims is None or call.principal is not None:
        return call
    return replace(call, principal=await load_principal(db, call.claims, call.context.clock.now()))


async def _arrived(db: AsyncSession, call: Call) -> Call:
    """Who asks, and who they are in the session of the path, in one statement."""
    if call.claims is None or call.principal is not None or "session_id" not in call.ids:
        return await _identified(db, call)
    arrival = await read_arrival(db, call.claims, call.context.clock.now(), call.ids["session_id"])
    return replace(call, principal=arrival.principal, arrival=arrival)


async def _claims(endpoint: Endpoint, request: Request, context: Context) -> Claims | None:
    if endpoint.auth in (Auth.NONE, Auth.COOKIE):
        return None
    given = request.headers.get("authorization")
    if given is None:
        if endpoint.auth is Auth.USER:
            raise Unauthenticated
        return None
    scheme, _, token = given.partition(" ")
    if scheme.lower() != "bearer":
        raise Unauthenticated("Send the token as `Authorization: Bearer <token>`.")
    return await read_token(context, token.strip())


def _check_key(endpoint: Endpoint, claims: Claims | None) -> None:
    if isinstance(claims, AccessClaims) and claims.is_key and not endpoint.takes_keys:
        raise Forbidden("A key cannot do that. Sign in.")


def _origin(endpoint: Endpoint, request: Request, context: Context) -> Origin:
    peer = request.client.host if request.client else None
    forwarded_for = ",".join(request.headers.getlist("x-forwarded-for"))
    address = client_address(peer, forwarded_for, context.settings.trusted_proxies)
    agent = agent_of(request.headers.get("user-agent"))
    return Origin(endpoint.operation_id, address, request.state.request_id, agent, is_asked=True)


def _note(
    context: Context, request: Request, origin: Origin, claims: Claims | None, error: ConveneError
) -> None:
    try:
        ids = read_ids(request.path_params)
    except ConveneError:
        # What cannot be an id is nobody's.
        ids = {}
    session_id = ids.pop("session_id", None)
    name, target_id = next(reversed(ids.items()), ("", None))
    target = (name.removesuffix("_id"), target_id)
    note_refusal(context, origin, claims, error, session_id=session_id, target=target)


def _key(endpoint: Endpoint, call: Call, raw: bytes) -> RequestKey | None:
    key = call.request.headers.get("idempotency-key")
    if key is None or not endpoint.is_repeatable:
        return None
    if not 0 < len(key) <= MAX_KEY_CHARS or not key.isascii() or not key.isprintable():
        raise ValidationFailed.of(
            "Idempotency-Key", f"must have 1 to {MAX_KEY_CHARS} printable ASCII characters"
        )
    url = call.request.url
    fingerprint = hashlib.sha256(f"{endpoint.method} {url.path}?{url.query}\n".encode() + raw).hexdigest()
    tenant_id = call.context.database.tenant_id or DEFAULT_TENANT
    # Two strangers may happen upon one key; each is told apart at least by where they are.
    principal = call.address if call.claims is None else str(call.claims.person_id)
    if call.claims is not None and tenant_id != call.claims.tenant_id:
        principal = f"{principal}@{tenant_id}"
    return RequestKey(tenant_id, principal, key, fingerprint)

"""Requests that share their transaction with others: they go the way that the commands of the sockets go."""

from dataclasses import replace
from typing import Any

from models.actors import Actor
from models.crowd import Asking
from models.errors import Unauthenticated
from models.log.answers import RequestKey
from models.log.grouping import Grouped, Outcome
from models.transaction import Transaction
from server.http.call import Call
from server.http.endpoint import Change, Endpoint


async def in_group(endpoint: Endpoint, change: Change, call: Call, key: RequestKey | None) -> Outcome:
    """Carries out a change of a session together with whatever else changes sessions now.

    Raises whatever ConveneError says no.
    """
    if call.claims is None or endpoint.grouped is None:
        raise Unauthenticated

    async def act(tx: Transaction, actor: Actor) -> dict[str, Any]:
        return (await change(replace(call, principal=actor.principal), tx)).envelope()

    command = Grouped(
        Asking(call.claims, call.ids["session_id"]),
        call.origin,
        act,
        key,
        endpoint.status,
        endpoint.grouped(call.body),
    )
    outcome = await call.context.lane.submit(command)
    if outcome.refusal is not None:
        raise outcome.refusal
    return outcome

"""How much of everything is measured."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Plan:
    """Sizes and times of the measurements of one server. A full one takes some minutes for all servers."""

    rounds: int = 3
    members: int = 500
    ticks: int = 100
    ticks_per_s: float = 20.0
    bursts: int = 30
    burst: int = 10
    askers: int = 50
    asked: int = 10_000
    connects: int = 1_000
    idlers: int = 2_000
    idle_s: float = 1.0
    storm_rooms: int = 5
    storm_members: int = 200
    chat_s: float = 4.0
    requests: int = 1_000
    listed: int = 100_000
    readings: int = 15
    messages: int = 1_000
    messages_within_s: float = 2.0
    growth_to: int = 10_000
    growth_s: float = 40.0
    browser_s: float = 15.0
    browser_messages: int = 7_200


QUICK = Plan(
    rounds=1,
    ticks=40,
    bursts=10,
    asked=3_000,
    connects=400,
    idlers=600,
    idle_s=0.5,
    storm_members=40,
    chat_s=1.0,
    requests=100,
    listed=5_000,
    readings=3,
    growth_to=300,
    browser_s=3.0,
    browser_messages=400,
)
"""Enough to see where one stands."""


def planned(*, quick: bool, rounds: int | None, members: int | None) -> Plan:
    """A plan with so many rounds and members; connections are scaled with the members."""
    plan = QUICK if quick else Plan()
    if members is not None:
        plan = replace(
            plan,
            members=members,
            askers=min(plan.askers, members),
            asked=min(plan.asked, 60 * members),
            connects=min(plan.connects, 4 * members),
            idlers=min(plan.idlers, 4 * members),
        )
    return plan if rounds is None else replace(plan, rounds=rounds)

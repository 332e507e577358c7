"""One subject and one measurement after the other; who cannot be measured here is left out, with a reason."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from typing import TypeVar

import httpx

from tests.bench.builds import Unavailable
from tests.bench.gauge import CLIENT_CORE, on_core
from tests.bench.plan import Plan
from tests.bench.results import Figures, Table, middle
from tests.bench.subjects import Subject
from tests.services.processes import ServiceFailed

Found = TypeVar("Found")
Make = Callable[[], AbstractAsyncContextManager[Subject]]
Measure = Callable[[Subject, Plan], Awaitable[Figures]]


@dataclass
class Run:
    """What is to be measured, where it is told, and what failed."""

    plan: Plan
    subjects: Sequence[str]
    measures: Sequence[str]
    tell: Callable[[str], None]
    failed: list[str] = field(default_factory=list)

    def chosen(self, subject: str) -> bool:
        """Whether somebody asked for it; everything, if nobody asked for anything."""
        return not self.subjects or subject in self.subjects

    async def compare(self, makes: Mapping[str, Make], measures: Mapping[str, Measure]) -> Table:
        """All measurements of all subjects in turns, so that what the machine does meanwhile falls on all alike."""
        found: dict[str, list[Figures]] = {name: [] for name in makes if self.chosen(name)}
        for _ in range(self.plan.rounds):
            for title, measure in measures.items():
                if self.measures and title not in self.measures:
                    continue
                for name, figures in found.items():
                    figures.append(await self.attempt(f"{name} {title}", makes[name], measure))
        return {name: middle(figures) for name, figures in found.items() if any(figures)}

    async def attempt(self, title: str, make: Make, measure: Measure) -> Figures:
        """The figures of one measurement on a fresh subject; none if it cannot be made."""

        async def whole() -> Figures:
            with on_core(CLIENT_CORE):
                async with make() as subject:
                    return await measure(subject, self.plan)

        figures = await self.guard(title, whole)
        if figures:
            self.tell(f"{title}: " + ", ".join(f"{name} {value:,.1f}" for name, value in figures.items()))
        return figures

    async def guard(self, title: str, measure: Callable[[], Awaitable[dict[str, Found]]]) -> dict[str, Found]:
        """What a measurement finds; nothing, and a reason told, if it cannot be made."""
        try:
            return await measure()
        except Unavailable as lacking:
            self.tell(f"{title}: left out, because {lacking}")
        except (RuntimeError, OSError, TimeoutError, ServiceFailed, httpx.HTTPError) as fault:
            self.failed.append(f"{title}: {type(fault).__name__}: {fault}"[:1_000])
            self.tell(self.failed[-1])
        return {}

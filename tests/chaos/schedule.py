"""What goes wrong when: drawn from a seed, so that a run that found something can be had again."""

from dataclasses import dataclass
from random import Random
from typing import Final

from tests.chaos.faults import KINDS, Fault, Kind, befallen

PAUSE_S: Final = (0.3, 3.0)
"""Between the beginnings of two faults; they overlap."""

LASTS_S: Final = (0.1, 5.0)
LONG_S: Final = (6.0, 25.0)
ONE_IN: Final = 12
"""One in so many faults is a long one, where there is time for that."""

RECOVERY_S: Final = 3.0
"""How long a process that was killed is left in peace when it is back."""


@dataclass(frozen=True)
class Setting:
    """What there is to break."""

    workers: int
    has_redis: bool
    has_database: bool

    def may_have(self, kind: Kind) -> bool:
        """Whether this can happen here."""
        return {"redis": self.has_redis, "database": self.has_database, "": True}[kind.needs]


def draw(seed: int, lasts_s: float, setting: Setting) -> list[Fault]:
    """The faults of a run, in order. The same for the same seed, length and setting."""
    return _Draw(Random(seed), lasts_s, setting).all()


class _Draw:
    def __init__(self, random: Random, lasts_s: float, setting: Setting) -> None:
        self._random, self._lasts_s, self._setting = random, lasts_s, setting
        self._kinds = {name: kind for name, kind in KINDS.items() if setting.may_have(kind)}
        self._busy_until: dict[str, float] = {}

    def all(self) -> list[Fault]:
        faults, at_s = [], self._random.uniform(*PAUSE_S)
        while at_s < self._lasts_s:
            fault = self._one(round(at_s, 2))
            if fault is not None:
                faults.append(fault)
            at_s += self._random.uniform(*PAUSE_S)
        return faults

    def _one(self, at_s: float) -> Fault | None:
        """A fault, unless it would befall what another one still holds."""
        names = list(self._kinds)
        name = self._random.choices(names, [self._kinds[one].weight for one in names])[0]
        kind = self._kinds[name]
        worker = self._random.randrange(self._setting.workers)
        long = self._random.randrange(ONE_IN) == 0 and self._lasts_s > 2 * LONG_S[1]
        lasts_s = round(self._random.uniform(*(LONG_S if long else LASTS_S)), 2)
        amount = self._random.choice(kind.amounts)
        is_shared = kind.target.endswith("server") or kind.target == "processes"
        fault = Fault(at_s, lasts_s, name, None if is_shared else worker, amount)
        held = befallen(fault, self._setting.workers)
        if any(self._busy_until.get(one, 0.0) > at_s for one in held):
            return None
        over_s = at_s + lasts_s + RECOVERY_S * len(held)
        self._busy_until.update(dict.fromkeys(held, over_s))
        return fault

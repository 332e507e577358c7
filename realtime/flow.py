"""How fast one socket may send commands: a bucket that fills steadily and allows short bursts."""

from dataclasses import dataclass

BURST_SECONDS = 8
PATIENCE = 500
"""Commands refused for speed before the socket is cut; a full bucket forgives them."""


@dataclass(slots=True)
class Flow:
    """One socket's bucket."""

    per_second: float
    tokens: float
    at: float
    refused: int = 0

    @classmethod
    def starting(cls, per_second: float, now: float) -> "Flow":
        return cls(per_second, per_second * BURST_SECONDS, now)

    def wait_s(self, now: float) -> float:
        """0 if a command may pass now, which counts it; else the seconds until one may."""
        full = self.per_second * BURST_SECONDS
        self.tokens = min(full, self.tokens + (now - self.at) * self.per_second)
        self.at = now
        if self.tokens >= full - 1:
            self.refused = 0
        if self.tokens >= 1:
            self.tokens -= 1
            return 0.0
        self.refused += 1
        return (1 - self.tokens) / self.per_second

    @property
    def is_flood(self) -> bool:
        return self.refused > PATIENCE

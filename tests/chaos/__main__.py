"""`python -m tests.chaos --minutes 5`: everything goes wrong for minutes, and nothing may be lost."""

import argparse
import asyncio
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from tests.chaos.drama import Result, play
from tests.chaos.faults import Fault
from tests.chaos.schedule import Setting, draw
from tests.chaos.stage import Plot, staging
from tests.realtime.fixtures import open_house
from tests.services.postgres import postgres_server
from tests.services.redis import redis_server


def main() -> int:
    """Returns 0 if the oracle found nothing, 1 if it did."""
    asked = _arguments().parse_args()
    seed = secrets.randbelow(1_000_000) if asked.seed is None else asked.seed
    setting = Setting(asked.workers, not asked.no_redis, asked.database == "postgresql")
    faults = draw(seed, asked.minutes * 60, setting)
    _say(f"seed {seed}: {len(faults)} faults in {asked.minutes:g} minutes, {setting}")
    folder = Path(tempfile.mkdtemp(prefix=f"convene-chaos-{seed}-"))
    folder.chmod(0o755)
    try:
        result = _run(asked, seed, setting, faults, folder)
    except BaseException:
        again = " ".join(sys.argv[1:] if asked.seed is not None else [*sys.argv[1:], f"--seed {seed}"])
        _say(f"FAILED with seed {seed}; again: python -m tests.chaos {again}\nThe logs are in {folder}.")
        raise
    shutil.rmtree(folder)
    _say(f"seed {seed}: {result}")
    return 0


def _run(asked: argparse.Namespace, seed: int, setting: Setting, faults: list[Fault], folder: Path) -> Result:
    with _plot(setting, folder) as plot:
        return asyncio.run(_play(plot, seed, faults, asked.residents))


async def _play(plot: Plot, seed: int, faults: list[Fault], residents: int) -> Result:
    async with staging(plot) as stage, open_house(stage.site) as house:
        return await play(
            stage,
            house,
            seed,
            faults,
            residents=residents,
            visitors=2,
            tell=_say,
        )


@contextmanager
def _plot(setting: Setting, folder: Path) -> Iterator[Plot]:
    with ExitStack() as stack:
        postgres = stack.enter_context(postgres_server()) if setting.has_database else None
        redis = stack.enter_context(redis_server()) if setting.has_redis else None
        url = f"sqlite:///{folder / 'convene.db'}" if postgres is None else postgres.url()
        yield Plot(url, folder, postgres, redis, setting.workers)


def _say(line: str) -> None:
    sys.stdout.write(f"{datetime.now(UTC):%H:%M:%S} {line}\n")
    sys.stdout.flush()


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--minutes", type=float, default=5.0, help="how long faults happen")
    parser.add_argument("--seed", type=int, help="the one of an earlier run, to have it again")
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--residents", type=int, default=8, help="people who stay and talk")
    parser.add_argument("--database", choices=("postgresql", "sqlite"), default="postgresql")
    parser.add_argument("--no-redis", action="store_true", help="do without Redis")
    return parser


if __name__ == "__main__":
    sys.exit(main())

"""What `make bench` measures, section by section."""

from collections.abc import Callable, Coroutine
from typing import Any, Final

from tests.bench import wire_measures
from tests.bench.results import Table
from tests.bench.running import Run
from tests.bench.subjects import SUBJECTS


async def wire(run: Run) -> Table:
    """Everybody side by side."""
    return await run.compare(dict(SUBJECTS), dict(wire_measures.MEASURES))


SECTIONS: Final[dict[str, Callable[[Run], Coroutine[Any, Any, Table]]]] = {"wire": wire}

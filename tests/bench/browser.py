"""What the browser client costs who uses it: the first view, a busy room, an hour of chat. In a real Chromium."""

import asyncio
import gzip
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any, Final

from playwright.async_api import CDPSession, Page, Response

from scripts.provision import prepare_client
from tests.bench.plan import Plan
from tests.bench.results import Figures, Table
from tests.browser.lobby import Lobby, open_browser
from tests.browser.visitor import Visitor
from tests.realtime.client import Client
from tests.realtime.fixtures import open_house
from tests.realtime.house import House, Person, Room
from tests.realtime.site import serving

PEOPLE: Final = 200
SPEAKERS: Final = 5
EVENTS_PER_S: Final = 500
TICKS_PER_S: Final = 50
# Of ten events: seven messages, two reactions, and a hand that goes up or down.
MIX: Final = ("chat", "chat", "reaction", "chat", "chat", "hand", "chat", "reaction", "chat", "chat")
SLOW_MS: Final = 25.0
"""A frame that took longer was not shown in time at sixty a second."""

FIRST_VIEWS: Final = 5
WATCH_FRAMES: Final = """() => {
    const times = window.benchFrames = [];
    const tick = (at) => { times.push(at); requestAnimationFrame(tick); };
    requestAnimationFrame(tick);
}"""
FIRST_PAINT: Final = """() => performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? null"""


@dataclass(frozen=True)
class Studio:
    """A site with a browser before it."""

    house: House
    lobby: Lobby


@asynccontextmanager
async def open_studio() -> AsyncIterator[Studio]:
    """A site over SQLite that keeps the seats of those who came over REST, and a browser."""
    prepare_client()
    with tempfile.TemporaryDirectory(prefix="convene-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'convene.db'}"
        with serving(url, waiting_grace_s=3_600, presence_grace_s=600.0) as site:
            async with open_browser() as browser, open_house(site) as house:
                lobby = Lobby(browser, site.url)
                try:
                    yield Studio(house, lobby)
                finally:
                    await lobby.close()


async def measure_browser(plan: Plan) -> Table:
    """Everything about the browser client."""
    async with open_studio() as studio:
        first = await _first_views(studio)
    async with open_studio() as studio:
        still, busy = await _busy_room(studio, plan.browser_s)
    async with open_studio() as studio:
        long = await _hour_of_chat(studio, plan.browser_messages)
    return {"first view": first, "still room": still, "busy room": busy, "hour of chat": long}


async def _first_views(studio: Studio) -> Figures:
    room, _host = await studio.house.live()
    guest = await studio.house.guest(room)
    home, script = [], 0
    for _ in range(FIRST_VIEWS):
        visitor = await studio.lobby.visitor("Gus")
        home.append(await _first_paint(visitor.page, "/"))
    inside = []
    for number in range(FIRST_VIEWS):
        visitor = await _seated(studio, room, guest)
        loaded = _loaded_by(visitor.page)
        began = time.perf_counter()
        await visitor.page.goto(f"/room/{room.id}")
        await visitor.in_the_room()
        inside.append((time.perf_counter() - began) * 1_000)
        if number == 0:
            scripts = [one for one in loaded if one.request.resource_type == "script"]
            script = sum([len(gzip.compress(await one.body(), 9)) for one in scripts])
    return {"home_ms": median(home), "room_ms": median(inside), "script_kb": script / 1_000}


def _loaded_by(page: Page) -> list[Response]:
    """Whatever the page loads from now on."""
    loaded: list[Response] = []

    def keep(response: Response) -> None:
        loaded.append(response)

    page.on("response", keep)
    return loaded


async def _busy_room(studio: Studio, seconds: float) -> tuple[Figures, Figures]:
    room, speakers = await _crowded(studio.house)
    visitor = await _seated(studio, room, await studio.house.guest(room))
    await visitor.page.goto(f"/room/{room.id}")
    await visitor.in_the_room()
    await visitor.open("Chat")
    devtools = await visitor.context.new_cdp_session(visitor.page)
    await devtools.send("Performance.enable")
    await visitor.page.evaluate(WATCH_FRAMES)
    still = await _watched(visitor.page, devtools, asyncio.sleep(seconds))
    busy = await _watched(visitor.page, devtools, _talk(room, speakers, seconds))
    return still, busy


async def _hour_of_chat(studio: Studio, messages: int) -> Figures:
    """As many messages as an hour of lively talk has, as fast as they are taken; the heap on the way."""
    room, speakers = await _crowded(studio.house)
    visitor = await _seated(studio, room, await studio.house.guest(room))
    await visitor.page.goto(f"/room/{room.id}")
    await visitor.in_the_room()
    await visitor.open("Chat")
    devtools = await visitor.context.new_cdp_session(visitor.page)
    await devtools.send("Performance.enable")
    part = messages // 4
    heaps, nodes = [], []
    for quarter in range(4):
        for number in range(part):
            speaker = speakers[number % len(speakers)]
            await speaker.ok("chat:send", room.id, text=f"Line {quarter * part + number} of a long talk.")
        await visitor.page.get_by_text(f"Line {(quarter + 1) * part - 1} of a long talk.").last.wait_for()
        await devtools.send("HeapProfiler.collectGarbage")
        now = await _metrics(devtools)
        heaps.append(now["JSHeapUsedSize"] / 1e6)
        nodes.append(now["Nodes"])
    return {
        "messages": messages,
        "heap_first_mb": heaps[0],
        "heap_last_mb": heaps[-1],
        "nodes_first": nodes[0],
        "nodes_last": nodes[-1],
    }


async def _crowded(house: House) -> tuple[Room, list[Client]]:
    """A room with `PEOPLE` in it, of whom some have sockets and speak."""
    room, host = await house.live(max_participants=PEOPLE + 10)
    speakers = [host, *[(await house.member(room, f"Speaker {n}"))[0] for n in range(SPEAKERS - 1)]]
    for number in range(PEOPLE - SPEAKERS - 1):
        await house.guest(room, f"Guest {number}")
    return room, speakers


async def _seated(studio: Studio, room: Room, guest: Person) -> Visitor:
    """Somebody with a fresh browser who has a seat already, as after joining by the form."""
    visitor = await studio.lobby.visitor("Gus")
    visitor.forgive()
    await visitor.page.goto(f"/join/{room.code}")
    await visitor.page.get_by_label("Your name", exact=True).fill(guest.name)
    await visitor.page.get_by_role("button", name="Join now").click()
    await visitor.in_the_room()
    return visitor


async def _talk(room: Room, speakers: Sequence[Client], seconds: float) -> None:
    loop = asyncio.get_running_loop()
    began, sent, under_way = loop.time(), 0, set[asyncio.Task[Any]]()
    while loop.time() - began < seconds:
        due = int((loop.time() - began) * EVENTS_PER_S) + EVENTS_PER_S // TICKS_PER_S
        while sent < due:
            task = asyncio.create_task(_say(room, speakers[sent % len(speakers)], sent))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
            sent += 1
        await asyncio.sleep(1 / TICKS_PER_S)
    await asyncio.gather(*under_way)


async def _say(room: Room, speaker: Client, number: int) -> None:
    """Whoever is too fast for the server is told so, and says it no more: what counts is what the page is sent."""
    what, about = MIX[number % len(MIX)], {"session_id": str(room.id)}
    if what == "chat":
        line = f"Line {number}: as we said, the third of the proposals."
        await speaker.command("chat:send", {**about, "text": line})
    elif what == "reaction":
        await speaker.command("reaction:send", {**about, "emoji": "👏"})
    else:
        up = number // len(MIX) % 2 == 0
        await speaker.command("participant:raise_hand" if up else "participant:lower_hand", about)


async def _watched(page: Page, devtools: CDPSession, doing: Any) -> Figures:
    """How the page kept up while something was done."""
    await page.evaluate("() => { window.benchFrames.length = 0; }")
    before, began = await _metrics(devtools), time.perf_counter()
    await doing
    took_s = time.perf_counter() - began
    after = await _metrics(devtools)
    times: list[float] = await page.evaluate("() => window.benchFrames")
    gaps = sorted(later - earlier for earlier, later in pairwise(times))
    return {
        "frames_per_s": len(gaps) / took_s,
        "frame_p99_ms": gaps[int(len(gaps) * 0.99)] if gaps else 0.0,
        "slow_frames_pct": 100 * sum(gap > SLOW_MS for gap in gaps) / max(1, len(gaps)),
        "busy_pct": 100 * (after["TaskDuration"] - before["TaskDuration"]) / took_s,
    }


async def _metrics(devtools: CDPSession) -> dict[str, float]:
    told = await devtools.send("Performance.getMetrics")
    return {one["name"]: one["value"] for one in told["metrics"]}


async def _first_paint(page: Page, path: str) -> float:
    await page.goto(path)
    await page.get_by_role("main").wait_for()
    painted = await page.wait_for_function(FIRST_PAINT)
    value: float = await painted.json_value()
    return value

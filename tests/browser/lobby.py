"""Where the people of one test come from. At its end nobody's browser may have complained."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from playwright.async_api import Browser, async_playwright, expect

from tests.browser.visitor import WATCH_POLICY, Visitor

# A machine that runs the server, the browser and the tests at once takes its time.
PATIENCE_MS: Final = 15_000
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@asynccontextmanager
async def open_browser() -> AsyncIterator[Browser]:
    """The system's Chromium, or the one that CHROMIUM names, without a window."""
    program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


@dataclass
class Lobby:
    """Opens a browser of their own for everybody who comes to a site."""

    browser: Browser
    url: str
    visitors: list[Visitor] = field(default_factory=list)

    async def visitor(
        self, name: str, *, url: str | None = None, size: tuple[int, int] = (1280, 800), **options: Any
    ) -> Visitor:
        """Somebody new; `url` is another way to the site, `options` are those of a Playwright context."""
        context = await self.browser.new_context(
            base_url=url or self.url,
            viewport={"width": size[0], "height": size[1]},
            **({"reduced_motion": "reduce", "locale": "en-GB"} | options),
        )
        context.set_default_timeout(PATIENCE_MS)
        await context.add_init_script(WATCH_POLICY)
        visitor = Visitor(name, context, await context.new_page())
        visitor.watch()
        self.visitors.append(visitor)
        return visitor

    async def host(self, name: str = "Hana", **options: Any) -> Visitor:
        """Somebody new with an account, signed in."""
        visitor = await self.visitor(name, **options)
        await visitor.sign_up()
        return visitor

    async def close(self) -> list[str]:
        """Closes every browser; returns what they complained about and nobody forgave."""
        complaints: list[str] = []
        for visitor in self.visitors:
            complaints += visitor.unforgiven()
            await visitor.context.close()
        return complaints

"""What axe-core says against a page, in light and in dark."""

from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from playwright.async_api import Page

AXE: Final = Path(__file__).parents[2] / "static" / "node_modules" / "axe-core" / "axe.min.js"
GRAVE: Final = ("serious", "critical")
Theme: TypeAlias = Literal["light", "dark"]
THEMES: Final[tuple[Theme, ...]] = ("light", "dark")
RUN: Final = """async () => {
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations;
}"""


def _readable(violation: dict[str, Any]) -> str:
    places = [f"{node['target'][-1]} ({node['failureSummary']})" for node in violation["nodes"][:3]]
    return f"{violation['impact']}: {violation['help']}: {'; '.join(places)}"


async def violations(page: Page, themes: tuple[Theme, ...] = THEMES) -> list[str]:
    """The serious and critical ones of the page as it is now, in each theme. The page's policy must be bypassed."""
    if not await page.evaluate("() => 'axe' in window"):
        await page.add_script_tag(path=AXE)
    found = []
    for theme in themes:
        await page.emulate_media(color_scheme=theme)
        grave = [each for each in await page.evaluate(RUN) if each["impact"] in GRAVE]
        found += [f"{theme}: {_readable(each)}" for each in grave]
    return found

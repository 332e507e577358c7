"""What the papers point at is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAPERS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
CODE = re.compile(r"`((?:models|realtime|server|static|tests|docs|scripts)/[\w./-]*\w)`")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: str(paper.relative_to(ROOT)))
def test_every_file_that_a_paper_names_is_there(paper: Path) -> None:
    text = paper.read_text()
    linked = [paper.parent / target for target in LINK.findall(text)]
    named = [ROOT / name for name in CODE.findall(text)]
    missing = [str(path) for path in (*linked, *named) if not path.exists()]
    assert missing == []

"""Figures become tables and plots."""

from pathlib import Path
from xml.dom import minidom

from tests.bench.plot import plots
from tests.bench.render import PAPER, ROWS, shown
from tests.bench.results import Results, middle


def test_the_middle_of_rounds_adds_faults_up() -> None:
    rounds = [{"cost": 3.0, "faults": 1.0}, {"cost": 1.0, "faults": 0.0}, {"cost": 2.0, "faults": 2.0}]
    assert middle(rounds) == {"cost": 2.0, "faults": 3.0}


def test_a_demand_is_met_or_missed() -> None:
    results = Results()
    results.add(
        "wire", {"wire": {"delivery_us": 6.0}, "node": {"delivery_us": 13.0}, "stock": {"delivery_us": 40.0}}
    )
    text = shown(results)
    assert "| a delivery, beside Node | 0.50 | 0.46 | met |" in text
    assert "| a delivery, beside python-socketio | 0.11 | 0.15 | missed |" in text


def test_what_was_not_measured_has_no_row() -> None:
    results = Results()
    results.add("workers", {"stock": {"delivery_us": 1_234.5}})
    text = shown(results)
    assert "1 234.5" in text
    assert "99th percentile" not in text


def test_a_plot_has_a_line_for_each_subject() -> None:
    results = Results()
    results.add(
        "members", {"node": {"10": 50.0, "1000": 12.0}, "wire": {"10": 20.0, "1000": 6.0}, "loop": {}}
    )
    picture = minidom.parseString(plots(results)["bench-members.svg"])  # noqa: S318  (it is our own)
    lines = picture.getElementsByTagName("polyline")
    assert [line.getAttribute("class") for line in lines] == ["wire", "node"]


def test_every_table_has_its_place_in_the_paper(tmp_path: Path) -> None:
    paper = PAPER.read_text()
    for name in (*ROWS, "demands", "machine"):
        assert f"<!-- {name} -->" in paper
        assert f"<!-- /{name} -->" in paper


def test_figures_are_kept(tmp_path: Path) -> None:
    results = Results()
    results.add("wire", {"loop": {"delivery_us": 4.5}})
    results.keep(tmp_path / "figures.json")
    assert Results.kept(tmp_path / "figures.json") == results

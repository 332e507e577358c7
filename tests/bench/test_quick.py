"""The benchmark runs, and nobody misses or hears anything twice."""

import json
import subprocess
import sys

MEASURES = ("deliver", "burst", "ask", "connect")


def test_everybody_hears_everything() -> None:
    command = [sys.executable, "-m", "tests.bench", "wire", "--quick", "--members", "12", "--json"]
    for subject in ("stock", "convene"):
        command += ["--subject", subject]
    for measure in MEASURES:
        command += ["--measure", measure]
    run = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert run.returncode == 0, run.stderr
    figures = json.loads(run.stdout)["sections"]["wire"]
    assert set(figures) == {"stock", "convene"}
    for one in figures.values():
        assert one["faults"] == 0
        assert one["delivery_us"] > 0

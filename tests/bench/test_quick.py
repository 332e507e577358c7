"""The benchmark runs, and nobody misses anything or hears it twice."""

import json
import subprocess
import sys

import pytest

SUBJECTS = ("wire", "convene")
MEASURES = ("deliver", "burst", "ask")


@pytest.mark.timeout(300)
def test_everybody_hears_everything() -> None:
    command = [sys.executable, "-m", "tests.bench", "wire", "--quick", "--members", "12", "--json"]
    command += [f"--subject={subject}" for subject in SUBJECTS]
    command += [f"--measure={measure}" for measure in MEASURES]
    run = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)
    assert run.returncode == 0, run.stderr
    figures = json.loads(run.stdout)["sections"]["wire"]
    assert set(figures) == set(SUBJECTS)
    for one in figures.values():
        assert one["faults"] == 0
        assert one["delivery_us"] > 0

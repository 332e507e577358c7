"""The benchmark runs, and nobody misses a word."""

import json
import subprocess
import sys


def test_everybody_hears_everything() -> None:
    command = (sys.executable, "-m", "tests.bench", "--quick", "--json")
    run = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert run.returncode == 0, run.stderr
    figures = json.loads(run.stdout)
    assert set(figures) == {"convene", "python-socketio"}
    for one in figures.values():
        assert one["deliveries"] == 12 * 20
        assert one["lost"] == 0

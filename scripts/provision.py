"""Prepare the checkout: the Python environment in `.venv` and the built browser client in `static/dist`.

Called by `scripts/setup` with any Python 3.11 or newer, and therefore made of the standard library alone.
Every step leaves a stamp, the hash of what it was made from, and is left out while the stamp still holds.
"""

import argparse
import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
VENV: Final = ROOT / ".venv"
VENV_PYTHON: Final = VENV / "bin" / "python"
CLIENT: Final = ROOT / "static"
NODE_MODULES: Final = CLIENT / "node_modules"
NPM: Final = ROOT / "scripts" / "npm"

LOCKS: Final = {"run": ROOT / "requirements.lock", "test": ROOT / "requirements-dev.lock"}
NODE_LOCK: Final = ROOT / "requirements-node.lock"
MINIMUM_NODE: Final = 20
CLIENT_MANIFESTS: Final = (CLIENT / "package.json", CLIENT / "package-lock.json", CLIENT / ".npmrc")
# Folders below static/ from which nothing gets into the build.
NOT_BUILT: Final = {"dist", "node_modules", "tests"}


class SetupFailed(Exception):
    """A step failed; the message tells the person what to do about it."""


def main() -> int:
    """Prepare the checkout for `run` or `test`. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="scripts/setup", description="Prepare this checkout.")
    parser.add_argument("mode", choices=tuple(LOCKS), help="run: to serve. test: to work on it as well.")
    mode = parser.parse_args().mode
    try:
        prepare_python(mode)
        prepare_node()
        prepare_client()
    except SetupFailed as failure:
        print(f"Setup stopped: {failure}", file=sys.stderr)
        return 1
    return 0


def prepare_python(mode: str) -> None:
    """Have a `.venv` that belongs to this folder and holds what the lock of `mode` names."""
    location = VENV / ".location"
    # The scripts of an environment name the folder it was made in; one that was moved is of no use.
    moved = location.exists() and not stamped(location, str(ROOT))
    if moved or not succeeds(str(VENV_PYTHON), "-c", "import pip"):
        create_venv()
    location.write_text(str(ROOT))
    keys = {each: digest([LOCKS[each], ROOT / "pyproject.toml"], sys.version) for each in LOCKS}
    # The lock for tests contains the one for running.
    sufficient = ("run", "test") if mode == "run" else ("test",)
    if any(stamped(VENV / f".installed-{each}", keys[each]) for each in sufficient):
        return
    say(f"Installing the Python packages of {LOCKS[mode].name}")
    pip_install("--require-hashes", "--requirement", str(LOCKS[mode]))
    pip_install("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    (VENV / f".installed-{mode}").write_text(keys[mode])


def create_venv() -> None:
    """Make `.venv` anew, by `venv` or else, where a distribution split off ensurepip, by virtualenv."""
    # When this runs in the .venv it replaces, the interpreter below it is the one to build on.
    python = getattr(sys, "_base_executable", None) or sys.executable
    say(f"Creating .venv with Python {platform.python_version()}")
    if succeeds(python, "-c", "import ensurepip, venv"):
        run(python, "-m", "venv", "--clear", str(VENV))
    elif succeeds(python, "-m", "virtualenv", "--version"):
        run(python, "-m", "virtualenv", "--clear", str(VENV))
    elif succeeds(python, "-m", "pip", "--version"):
        create_venv_by_borrowed_virtualenv(python)
    else:
        raise SetupFailed(
            f"{python} can make no virtual environment: it has neither ensurepip nor pip. "
            "On Debian and Ubuntu, install the package python3-venv."
        )


def create_venv_by_borrowed_virtualenv(python: str) -> None:
    """Fetch virtualenv into a folder of its own for this once; the machine's packages stay as they are."""
    with tempfile.TemporaryDirectory() as folder:
        run(python, "-m", "pip", "install", "--quiet", "--target", folder, "virtualenv")
        run(python, "-m", "virtualenv", "--clear", str(VENV), PYTHONPATH=folder)


def prepare_node() -> None:
    """Have a Node that fits: the machine's own, or one in `.venv`, where `scripts/npm` finds it."""
    stamp, key = VENV / ".installed-node", digest([NODE_LOCK])
    if stamped(stamp, key) or (not stamp.exists() and machine_has_node()):
        return
    say(f"Installing Node into .venv, as this machine has no Node {MINIMUM_NODE} or newer with npm")
    pip_install("--require-hashes", "--requirement", str(NODE_LOCK))
    stamp.write_text(key)


def machine_has_node() -> bool:
    """Whether `node` on the path is recent enough and `npm` works with it."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        return False
    answer = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)\.", answer.stdout)
    return version is not None and int(version[1]) >= MINIMUM_NODE and succeeds("npm", "--version")


def prepare_client() -> None:
    """Have `static/node_modules` as locked and `static/dist` built from the present sources."""
    installed, install_key = NODE_MODULES / ".convene-installed", digest(CLIENT_MANIFESTS, machine())
    if not stamped(installed, install_key):
        say("Installing the packages of the browser client")
        run(str(NPM), "ci", "--loglevel=error")
        installed.write_text(install_key)
    # Below node_modules as well, so that a fresh installation is followed by a fresh build.
    built, build_key = NODE_MODULES / ".convene-built", digest(client_sources(), install_key)
    if not stamped(built, build_key) or not (CLIENT / "dist" / "index.html").exists():
        say("Building the browser client")
        run(str(NPM), "run", "--silent", "build:checkout")
        built.write_text(build_key)


def client_sources() -> list[Path]:
    """Every file below `static/` that the build may read."""
    return [
        path
        for path in CLIENT.rglob("*")
        if path.is_file() and path.relative_to(CLIENT).parts[0] not in NOT_BUILT
    ]


def machine() -> str:
    """What binary npm packages depend on; a checkout may be shared with a container."""
    return f"{sys.platform} {platform.machine()} {platform.libc_ver()[0]}"


def digest(paths: Iterable[Path], *facts: str) -> str:
    """A hash over the names and contents of `paths`, in any order, and over `facts`."""
    total = hashlib.sha256("\0".join(facts).encode())
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def stamped(stamp: Path, key: str) -> bool:
    """Whether the step that left `stamp` was last done for `key`."""
    return stamp.is_file() and stamp.read_text() == key


def pip_install(*arguments: str) -> None:
    """Install into `.venv`. Raises SetupFailed."""
    run(str(VENV_PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments)


def run(*command: str, **environment: str) -> None:
    """Run a command in the checkout, its output shown. Raises SetupFailed."""
    finished = subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=False)
    if finished.returncode != 0:
        raise SetupFailed(f"this failed with status {finished.returncode}: {' '.join(command)}")


def succeeds(*command: str) -> bool:
    """Whether a command can be run and ends well; its output is of no interest."""
    try:
        return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def say(message: str) -> None:
    """Tell what is being done, before what it does is shown."""
    print(f"[setup] {message} ...", flush=True)


if __name__ == "__main__":
    sys.exit(main())

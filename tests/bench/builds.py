"""What has to be made before it can be measured: the C loop and Node's packages, kept in a folder that Git ignores."""

import shutil
import subprocess
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
ROOT: Final = HERE.parent.parent
KEPT: Final = ROOT / "build" / "bench"
TIMEOUT_S: Final = 300.0


class Unavailable(RuntimeError):
    """A subject cannot be measured on this machine; the message says what it lacks."""


def compiled_loop() -> Path:
    """The C loop as a program, compiled anew when its source is newer. Raises Unavailable."""
    source, program = HERE / "loop.c", KEPT / "loop"
    if program.exists() and program.stat().st_mtime > source.stat().st_mtime:
        return program
    compiler = shutil.which("cc")
    if compiler is None:
        raise Unavailable("there is no C compiler (cc) on the path")
    KEPT.mkdir(parents=True, exist_ok=True)
    _run((compiler, "-O2", "-o", str(program), str(source)), KEPT)
    return program


def node_packages() -> tuple[Path, Path]:
    """Node, and the folder with socket.io and its adapter as the lock has them. Raises Unavailable."""
    node, npm = _found("node"), _found("npm")
    folder = KEPT / "node"
    lock = HERE / "node" / "package-lock.json"
    copied = folder / "package-lock.json"
    packages = folder / "node_modules"
    if packages.is_dir() and copied.exists() and copied.read_bytes() == lock.read_bytes():
        return node, packages
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "node" / "package.json", folder)
    shutil.copy(HERE / "node" / ".npmrc", folder)
    _run((str(npm), "ci", "--prefix", str(folder)), folder, also=lock)
    return node, packages


def _found(name: str) -> Path:
    own = ROOT / ".venv" / "bin" / name
    found = str(own) if own.exists() else shutil.which(name)
    if found is None:
        raise Unavailable(f"there is no {name} on the path")
    return Path(found)


def _run(command: tuple[str, ...], folder: Path, also: Path | None = None) -> None:
    if also is not None:
        shutil.copy(also, folder)
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    if ran.returncode != 0:
        if also is not None:
            # Half an installation would be taken for a whole one the next time.
            (folder / also.name).unlink()
        raise Unavailable(f"{command[0]} failed: {ran.stderr[-500:]}")

"""The data folder and the secret in it."""

import os
import shutil
import stat
from pathlib import Path
from typing import Final

from models.settings import MIN_SECRET_BYTES, Settings
from server.doctor.finding import Finding, ill, mind, well

FOLDER: Final = "Data folder"
SECRET: Final = "Secret"  # noqa: S105  (a word of the report)

LITTLE_SPACE_BYTES: Final = 200 * 2**20


def examine_folder(settings: Settings) -> Finding:
    """Whether the folder is there, or can be made, and whether there is room."""
    folder = settings.data_dir.absolute()
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    advice = "Let this user write to it, or name another folder in CONVENE_DATA_DIR."
    if not existing.is_dir():
        return ill(FOLDER, f"{existing} is no folder.", advice)
    if not os.access(existing, os.W_OK | os.X_OK):
        return ill(FOLDER, f"This user may not write to {existing}.", advice)
    free = shutil.disk_usage(existing).free
    if free < LITTLE_SPACE_BYTES:
        return mind(
            FOLDER, f"Only {free // 2**20} MB are free for {folder}.", "Make room before the disk is full."
        )
    return well(FOLDER, str(folder) if existing == folder else f"{folder} is made at the first start.")


def examine_secret(settings: Settings) -> Finding:
    """Whether the secret that signs tokens is long enough, and nobody else's to read."""
    if settings.secret_key is not None:
        return well(SECRET, "CONVENE_SECRET_KEY is set and long enough.")
    path = settings.data_dir / "secret_key"
    if not path.exists():
        return well(SECRET, f"{path} is made at the first start, for this user alone.")
    return _examine_file(path)


def _examine_file(path: Path) -> Finding:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        return ill(SECRET, f"Others may read {path} (mode {mode:o}).", f"Run: chmod 600 {path}")
    try:
        length = len(path.read_bytes().strip())
    except OSError as error:
        return ill(
            SECRET, f"{path} cannot be read ({error.strerror}).", "Let the user who serves own the file."
        )
    if length < MIN_SECRET_BYTES:
        return ill(
            SECRET,
            f"{path} is too short.",
            "Delete it; the next start makes a new one, and people sign in anew.",
        )
    return well(SECRET, f"{path}, readable by its owner alone.")

"""Writes `tests/cases` anew: `python -m tests.log.record_cases`; with `--check`, says whether they are up to date."""

import argparse
import asyncio
import sys

from tests.log.cases import FOLDER, record_cases


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if anything would change")
    check: bool = parser.parse_args().check
    cases = asyncio.run(record_cases())
    kept = {path.name: path.read_text() for path in FOLDER.glob("*.json")}
    if check:
        different = sorted(name for name in cases.keys() | kept.keys() if cases.get(name) != kept.get(name))
        if different:
            sys.exit(f"Not as the code has it: {', '.join(different)}. Run python -m tests.log.record_cases.")
        return
    FOLDER.mkdir(exist_ok=True)
    for name in kept.keys() - cases.keys():
        (FOLDER / name).unlink()
    for name, text in cases.items():
        (FOLDER / name).write_text(text)


if __name__ == "__main__":
    main()

"""`python -m server.contracts` writes the published contracts anew; with --check it says which are out of date."""

import argparse
import json
import sys
from pathlib import Path

from server.contracts.asyncapi import asyncapi_document
from server.contracts.openapi import openapi_document
from server.contracts.schemas import Json
from server.contracts.typescript import ROOT, realtime_as_openapi, types_of


def contracts() -> dict[Path, str]:
    """What every published file should hold."""
    openapi = openapi_document()
    return {
        ROOT / "docs/contracts/openapi.json": _written(openapi),
        ROOT / "docs/contracts/asyncapi.json": _written(asyncapi_document()),
        ROOT / "static/src/contract/rest.d.ts": types_of(openapi),
        ROOT / "static/src/contract/realtime.d.ts": types_of(realtime_as_openapi()),
    }


def main() -> int:
    """The exit status: 1 if --check finds a file that is not what the code says."""
    parser = argparse.ArgumentParser(prog="python -m server.contracts", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, name what is out of date")
    is_check = parser.parse_args().check
    published = contracts().items()
    stale = {path: text for path, text in published if not path.is_file() or path.read_text() != text}
    for path, text in stale.items():
        if not is_check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        sys.stdout.write(f"{'out of date' if is_check else 'wrote'}: {path.relative_to(ROOT)}\n")
    return 1 if is_check and stale else 0


def _written(document: Json) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.exit(main())

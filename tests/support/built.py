"""What was built for browsers: see `tools/bundle.mjs`."""

import json

from tests.support.sources import ROOT

PLACE = ROOT / "static" / "built"
# Where the tools are: a copy of the house to which something was added has none.
HOUSE = PLACE.resolve().parents[1]


def files() -> dict[str, str]:
    """The name of each file that was built, by what it is called."""
    found: dict[str, str] = json.loads((PLACE / "manifest.json").read_text("utf-8"))["files"]
    return found


def address(name: str) -> str:
    """Where browsers get it."""
    return f"/static/{files()[name]}"

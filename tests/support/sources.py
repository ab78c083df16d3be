"""The source files of Kwartier, for tests that read them."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_OF_KINDS = sorted(ROOT.glob("trainer/kinds/*/tests/*.py"))
# What runs; the migrations too.
PROGRAM = sorted({*ROOT.glob("trainer/**/*.py")} - {*_OF_KINDS})
TESTS = [ROOT / "conftest.py", *sorted(ROOT.glob("tests/**/*.py")), *_OF_KINDS]

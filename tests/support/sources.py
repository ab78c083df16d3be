"""The source files of Kwartier, for tests that read them."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_OF_KINDS = sorted(ROOT.glob("trainer/kinds/*/tests/*.py"))
# What runs; the migrations too.
PROGRAM = sorted({*ROOT.glob("trainer/**/*.py")} - {*_OF_KINDS})
# In the browser, and those that make these; not what was generated.
SCRIPTS = [
    path
    for folder in ("static/js", "trainer/kinds", "tests/js", "tools")
    for path in sorted(ROOT.glob(f"{folder}/**/*.*js"))
]
TESTS = [ROOT / "conftest.py", *sorted(ROOT.glob("tests/**/*.py")), *_OF_KINDS]

"""`docs/content-format.md` tells what the code does: its codes, its settings, its examples."""

import ast
import re
from collections.abc import Iterator

import trainer.kinds
from tests.support.sources import PROGRAM, ROOT
from trainer.curriculum.parse import read_part
from trainer.curriculum.problems import Problems
from trainer.kinds.settings import described
from trainer.plans.form import read_form

DOC = (ROOT / "docs" / "content-format.md").read_text("utf-8")
CODE = re.compile(r"[a-z]+(?:-[a-z]+)*\.[a-z0-9]+(?:-[a-z0-9]+)*")


def codes_in_source() -> Iterator[str]:
    """Texts that look like a code, as the last argument of a call with at least three."""
    for path in PROGRAM:
        if path.relative_to(ROOT).parts[1] in ("curriculum", "kinds", "plans"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call) and len(node.args) >= 3:
                    last = node.args[-1]
                    if isinstance(last, ast.Constant) and CODE.fullmatch(str(last.value)):
                        yield last.value


def test_every_code_is_documented() -> None:
    documented = re.findall(r"^\| `([a-z-]+\.[a-z0-9-]+)` \|", DOC, flags=re.MULTILINE)

    used = set(codes_in_source())
    assert used - set(documented) == set(), "add a row for each to 'Problems' in docs/content-format.md"
    assert set(documented) - used == set(), (
        "no code has these any more: take them out of docs/content-format.md"
    )
    assert sorted(documented) == sorted(set(documented)), "docs/content-format.md has a code twice"


def test_every_kind_and_setting_is_documented() -> None:
    kinds = trainer.kinds.discover()
    expected = set()
    for kind in kinds.values():
        sample = (trainer.kinds.path(kind) / "sample.md").read_bytes()
        part = read_part(sample, "sample.md", trainer.kinds.interpret, Problems())
        assert part is not None
        for step in part.steps():
            if step.kind == kind.name:
                expected |= {(kind.name, each.name) for each in described(type(step.settings))}

    kind_rows, setting_rows = set(), set()
    for row in re.findall(
        r"^\| (`.*) \|$", DOC.partition("## Kinds")[2].partition("## Problems")[0], re.MULTILINE
    ):
        name, *cells = (cell.strip("` ") for cell in row.split("|"))
        if len(cells) == 1:
            kind_rows.add(name)
        else:
            setting_rows.add((name, cells[0]))
    assert kind_rows == set(kinds), "the table of kinds in docs/content-format.md must name each of them"
    assert setting_rows == expected, "a row in docs/content-format.md for each setting, and none besides"


def examples() -> list[str]:
    """The examples of a part and of a form."""
    found = re.findall(r"^```markdown\n(.*?)^```", DOC, re.MULTILINE | re.DOTALL)
    return [text for text in found if "## " in text]


def test_examples_of_parts_have_no_problems() -> None:
    parts = [example for example in examples() if "rijen=" not in example]
    problems = Problems()

    for example in parts:
        read_part(example.encode(), "example.md", trainer.kinds.interpret, problems)

    assert problems.sorted() == []
    assert len(parts) == 1


def test_example_of_the_form_of_a_plan_has_no_problems() -> None:
    (example,) = (example for example in examples() if "rijen=" in example)
    problems = Problems()

    form = read_form(example.encode(), "example.md", problems)

    assert problems.sorted() == []
    assert form is not None

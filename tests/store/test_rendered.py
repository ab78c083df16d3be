"""What is made for one phone is made anew for another: how soon it comes would tell who sent the same."""

import ast
from pathlib import Path

import pytest

import trainer
from tests.store.acts import LINE
from tests.support.hall import Hall
from trainer.meetings.fragments import Renderer

SOURCE = Path(trainer.__file__).parent


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the fragments that are rendered; they are rendered all the same."""
    names: list[str] = []
    fragment = Renderer.fragment

    def noted(self: Renderer, kind: object, name: str, values: object) -> object:
        names.append(name)
        return fragment(self, kind, name, values)  # type: ignore[arg-type]

    monkeypatch.setattr(Renderer, "fragment", noted)
    return names


def test_fragment_is_made_anew_for_each_phone_also_where_two_sent_the_same(
    hall: Hall, rendered: list[str]
) -> None:
    hall.do("goto", step=LINE)
    phones = [hall.phone() for _ in range(3)]
    for phone in phones:
        assert hall.post(phone, LINE, "1", place="2") is None
    hall.host.owns.sizes(hall.room, hall.room.steps[LINE])
    rendered.clear()

    for phone in phones * 2:
        assert hall.own(phone)

    assert rendered == ["own"] * 6


# What functions remember of an earlier call is about the programmes, or about files of our own: nothing of it
# is what somebody sent.
REMEMBERS = {
    "curriculum/front.py": "the front matter of a programme",
    "curriculum/pieces.py": "the pieces of a programme's text",
    "curriculum/render.py": "the texts of a programme",
    "kinds/__init__.py": "the kinds, and the guide to each",
    "kinds/stelling/votes.py": "the items of a programme's questions",
    "library/drawings.py": "the drawings of a programme",
    "library/texts.py": "the parts of a programme",
    "meetings/owns.py": "the sizes of an exercise, by its settings",
    "rehearsing/crowd.py": "what a round of people who do not exist may see",
    "store/schema.py": "an empty database of our migrations",
    "web/assets.py": "the version of a file",
    "web/public.py": "our documents",
}


def remembers(path: Path) -> bool:
    imports = (
        node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)
    )
    names = {each.name for node in imports if node.module == "functools" for each in node.names}
    return not names.isdisjoint({"cache", "lru_cache"})


def test_no_function_remembers_what_somebody_sent() -> None:
    found = {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py") if remembers(path)}

    assert found == set(REMEMBERS)


# What is rendered from Markdown is remembered (`curriculum/render.py`): only texts of programmes and of
# our documents may be.
RENDERS = {
    "curriculum/checks.py", "kinds/__init__.py", "kinds/evaluatie/questions.py",
    "kinds/herstelgrafiek/example.py", "kinds/material.py", "kinds/rollenspel/scenes.py",
    "kinds/rondes/protocol.py", "kinds/werkblad/sheet.py", "web/public.py",
}  # fmt: skip


def renders(path: Path) -> bool:
    imports = (
        node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ImportFrom)
    )
    return any(
        node.module == "trainer.curriculum.render" and {each.name for each in node.names} != {"plain"}
        for node in imports
    )


def test_nothing_but_texts_of_programmes_is_rendered() -> None:
    found = {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py") if renders(path)}

    assert found == RENDERS

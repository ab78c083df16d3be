"""What stands in a notebook stays on the phone: no kind puts a field of it where it could be sent."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.kinds.contract_support import every_kind, play
from tests.kinds.notebook_support import Marked
from tests.kinds.template_support import KINDS
from trainer import kinds
from trainer.kinds.contract import Kind, Rejected, Submission

TEMPLATES = sorted(KINDS.rglob("*.html"))
SCHRIFT = Path(__file__).parents[1] / "support" / "schrift" / "kind"
# Only these are on phones while a step is given.
ON_PHONES = {"phone.html", "own.html"}


@cache
def marked() -> dict[Path, Marked]:
    return {path: Marked(path.read_text("utf-8")) for path in (*TEMPLATES, *sorted(SCHRIFT.glob("*.html")))}


def test_no_field_of_the_notebook_belongs_to_a_form() -> None:
    assert {path: each.sent for path, each in marked().items() if each.sent} == {}


def test_fields_of_the_notebook_are_on_phones_and_have_a_name() -> None:
    kept = {path: each.kept for path, each in marked().items() if each.kept}

    assert [path for path, names in kept.items() if "" in names or path.name not in ON_PHONES] == []


@every_kind
def test_kind_says_whether_it_has_a_notebook(name: str) -> None:
    kind = kinds.discover()[name]

    assert kind.private == any(_kept(kinds.path(kind)))


@every_kind
def test_what_is_shared_can_be_accepted_and_has_its_size(name: str) -> None:
    kind = kinds.discover()[name]
    if kind.shares:
        _shares(kind, play(name).settings)


@every_kind
def test_what_is_shared_is_in_no_report(name: str) -> None:
    # Whoever shares is told so: see templates/notebook/tools.html.
    kind, settings = kinds.discover()[name], play(name).settings

    assert not kind.shares or kind.report(settings, kind.start(settings)) == ()


def test_made_up_kind_keeps_to_the_contract() -> None:
    kind = _made_up()

    assert (kind.private, any(_kept(SCHRIFT))) == (True, True)
    _shares(kind, None)


@pytest.mark.parametrize(
    "source",
    [
        '<form data-post><textarea data-keep="droom"></textarea></form>',
        '<form data-post>{% if view.open %}<div><input data-keep="droom"></div>{% endif %}</form>',
        '<form id="f"></form><input data-keep="droom" form="f">',
        '<form><p>{{ view.form }}</p><canvas data-keep="droom"></canvas></form>',
    ],
)
def test_field_that_could_be_sent_is_found(source: str) -> None:
    assert Marked(source).sent == ["droom"]


def test_field_beside_a_form_is_none_that_could_be_sent() -> None:
    marked = Marked('<form data-post><input name="a"></form>{# form #}<input data-keep="{{ step.id }}">')

    assert (marked.kept, marked.sent) == (["x"], [])


def _kept(folder: Path) -> Iterator[str]:
    for name in ON_PHONES:
        if (folder / name).exists():
            yield from Marked((folder / name).read_text("utf-8")).kept


def _shares(kind: Kind, settings: object) -> None:
    state = kind.start(settings)
    shared = Submission(kind.item(settings, state), {"shared": ("Dit deel ik",)})

    accepted = kind.accept(settings, state, shared, ())

    assert (kind.private, kind.takes_posts) == (True, True)
    assert not isinstance(accepted, Rejected)
    assert any(form.fields.get("shared") for form in kind.largest(settings, lambda size: "x" * size))


def _made_up() -> Kind:
    scope: dict[str, Kind] = {}
    exec(compile((SCHRIFT / "__init__.py").read_text("utf-8"), "schrift", "exec"), scope)
    return scope["KIND"]

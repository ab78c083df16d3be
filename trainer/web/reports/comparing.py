"""Evaluations of several courses and places side by side, as a page and as files."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from trainer.exports.comparison import Comparison, Held, Per, Selection, compare
from trainer.exports.comparison_files import RENDERERS
from trainer.exports.formats import FORMATS
from trainer.exports.timeline import timeline
from trainer.store.log import What
from trainer.web.accounts import host, me
from trainer.web.deeds import by_me
from trainer.web.downloads import as_file
from trainer.web.forms import ActionForm
from trainer.web.membership import organiser_only
from trainer.web.reports import evaluations
from trainer.web.sent import all_typed

comparing = Blueprint("comparing", __name__, url_prefix="/beheer")

FORM, EXERCISES = "evaluatie", "onderdelen"
TICKED = ("traject", "locatie", "plaats", "dagdeel")


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that may be ticked: its value in the address, its name, and whether it is."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """The choices of one name in the form; none is ticked when all are meant."""

    name: str
    title: str
    choices: tuple[Choice, ...]

    @property
    def said(self) -> str:
        """What is chosen, in words."""
        names = [choice.name for choice in self.choices if choice.chosen]
        return "; ".join(names) or "alle"


@comparing.route("/vergelijken", methods=["GET", "POST"])
@organiser_only
def page() -> ResponseReturnValue:
    """What to compare, and the comparison of it. A choice leads to an address that can be kept."""
    if ActionForm().validate_on_submit():
        return redirect(url_for("comparing.page", **_address(all_typed())))
    held, missing = evaluations.held(host(), me())
    selection = _selection(request.args, held)
    return render_template(
        "organiser/comparison.html",
        comparison=compare(held, selection),
        selection=selection,
        any_held=bool(held),
        missing=missing,
        programmes=_programmes(held, selection),
        facets=_facets(held, selection),
        per=tuple(per for per in Per if per is not Per.LOCATION or len({one.location for one in held}) > 1),
        formats=FORMATS.values(),
        address=_address(request.args),
        timeline=timeline,
    )


@comparing.get("/vergelijken.<name>")
@organiser_only
def file(name: str) -> ResponseReturnValue:
    """The same as a file, in the format `name`."""
    if name not in RENDERERS:
        abort(404)
    held, _ = evaluations.held(host(), me())
    comparison = compare(held, _selection(request.args, held))
    content: bytes = host().offload(_render, name, comparison)
    return as_file(
        content, FORMATS[name].mimetype, f"vergelijking.{name}", by_me(What.COMPARISON_TAKEN, about=name)
    )


def _render(name: str, comparison: Comparison) -> bytes:
    return RENDERERS[name](comparison)


def _selection(asked: MultiDict[str, str], held: Sequence[Held]) -> Selection:
    """What an address asks for. What no meeting has is not chosen: an old address still shows something."""
    newest = max(held, key=lambda one: (one.day, one.id), default=None)
    programme = asked.get("programma", "")
    if programme not in {one.programme for one in held}:
        programme = newest.programme if newest else ""
    mine = [one for one in held if one.programme == programme]

    def ticked(name: str, value: Callable[[Held], Any]) -> frozenset[Any]:
        wanted = set(asked.getlist(name))
        return frozenset(value(one) for one in mine if str(value(one)) in wanted)

    return Selection(
        programme,
        courses=ticked("traject", lambda one: one.course),
        locations=ticked("locatie", lambda one: one.location),
        places=ticked("plaats", lambda one: one.place_key),
        parts=ticked("dagdeel", lambda one: one.part),
        since=_day(asked.get("van", "")),
        until=_day(asked.get("tot", "")),
        per=next((per for per in Per if per.value == asked.get("per")), Per.COURSE),
        of_form=asked.get("vragen") != EXERCISES,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _programmes(held: Sequence[Held], selection: Selection) -> tuple[Choice, ...]:
    names = {}
    for one in held:
        programme = host().library.programme(one.programme)
        names[one.programme] = programme.title if programme else one.programme
    ordered = sorted(names.items(), key=lambda each: each[1].casefold())
    return tuple(Choice(value, name, value == selection.programme) for value, name in ordered)


def _facets(held: Sequence[Held], selection: Selection) -> tuple[Facet, ...]:
    mine = [one for one in held if one.programme == selection.programme]
    courses = _choices(mine, lambda one: (str(one.course), one.course_name), map(str, selection.courses))
    located = [one for one in mine if one.location is not None]
    locations = _choices(
        located, lambda one: (str(one.location), one.location_name), map(str, selection.locations)
    )
    places = _choices(mine, lambda one: (one.place_key, one.place_name), selection.places)
    by_order = sorted(mine, key=lambda one: one.order)
    parts = _choices(by_order, lambda one: (one.part, one.part_title), selection.parts, ordered=True)
    return (
        Facet("traject", "Trajecten", courses),
        Facet("locatie", "Locaties", locations),
        Facet("plaats", "Plaatsen", places),
        Facet("dagdeel", "Dagdelen", parts),
    )


def _choices(
    held: Iterable[Held],
    about: Callable[[Held], tuple[str, str]],
    chosen: Iterable[str],
    *,
    ordered: bool = False,
) -> tuple[Choice, ...]:
    """Each choice once, by name, or in the order of the meetings when that is `ordered`."""
    names: dict[str, str] = {}
    for one in held:
        names.setdefault(*about(one))
    ticked = set(chosen)
    listed = list(names.items()) if ordered else sorted(names.items(), key=lambda each: each[1].casefold())
    return tuple(Choice(value, name, value in ticked) for value, name in listed)


def _address(asked: MultiDict[str, str]) -> Mapping[str, Any]:
    """The fields of the address of a page or a file that shows this choice."""
    ticked = {name: asked.getlist(name) for name in TICKED}
    single = {name: [asked[name]] for name in ("programma", "vragen", "per", "van", "tot") if asked.get(name)}
    return {name: values for name, values in (single | ticked).items() if values}

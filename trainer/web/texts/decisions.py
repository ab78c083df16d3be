"""Where two changed the same text: both side by side, and a choice for each heading."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required

from trainer.curriculum.differences import Side, beside, folded
from trainer.curriculum.ids import is_id
from trainer.curriculum.limits import MOST_BYTES
from trainer.curriculum.merging import CLOSING, MINUTES, OPENING, Change, Merge, minutes
from trainer.curriculum.model import Part
from trainer.library.versions import Refused, Saved, tidied
from trainer.store.log import Unlogged, What, change
from trainer.store.models import Course
from trainer.web.accounts import host, me
from trainer.web.deeds import by_me
from trainer.web.forms import ActionForm
from trainer.web.sent import all_typed
from trainer.web.texts.versions import after_saving, editable, found_or_404, tell

decisions = Blueprint("decisions", __name__, url_prefix="/beheer/trajecten/<row:course_id>/teksten/<part_id>")

OURS, THEIRS, BOTH, OWN = "wij", "zij", "samen", "zelf"
# What the page about a new national text shows is that of the moment at which it was opened.
STALE = "Er is intussen weer iets veranderd. Kijk opnieuw."


@dataclass(frozen=True, slots=True)
class Question:
    """What became of one heading on both sides, and what is chosen.

    `ours` and `theirs` are marked where they are not as the text that both began with; where only one of them
    changed it, as the other. `both` is a text with both changes, where there is one.
    """

    change: Change
    # What its fields are called: the same for one heading, however many others there are.
    name: str
    ours: Side
    theirs: Side
    both: Side
    chosen: str
    own: str

    @property
    def field(self) -> str:
        """The name of the choice."""
        return f"keuze-{self.name}"

    @property
    def own_field(self) -> str:
        """The name of the text that somebody writes instead."""
        return f"zelf-{self.name}"

    @property
    def title(self) -> str:
        """How the page names it."""
        if self.change.level:
            return self.change.title
        return f"Bovenaan: {self.change.title}" if self.change.title else "Bovenaan"

    @property
    def text(self) -> str | None:
        """The text that was chosen; None when there is none yet."""
        texts = {OURS: self.change.ours, THEIRS: self.change.theirs, OWN: self.own, BOTH: self.change.merged}
        return texts.get(self.chosen)


def questions(both: Merge, sent: Mapping[str, str], *, all_of_theirs: bool) -> Sequence[Question]:
    """What is to be decided, or looked at: conflicts, and with `all_of_theirs` whatever they changed."""
    asked = [
        each
        for each in both.changes
        if each.key not in (OPENING, CLOSING, MINUTES) or each.merged is None
        if each.merged is None or (all_of_theirs and each.by_them and each.theirs != each.ours)
    ]
    return [_question(each, sent) for each in asked]


def _question(change: Change, sent: Mapping[str, str]) -> Question:
    name = change.key if is_id(change.key) else hashlib.sha256(change.key.encode()).hexdigest()[:16]
    is_joined = change.merged is not None and change.merged not in (change.ours, change.theirs)
    usual = "" if change.merged is None else BOTH if is_joined else THEIRS
    chosen = sent.get(f"keuze-{name}", usual)
    own = tidied(sent.get(f"zelf-{name}", change.ours or change.theirs)[:MOST_BYTES])
    ours = beside(change.base, change.ours)[1] if change.by_us else beside(change.ours, change.theirs)[0]
    return Question(
        change,
        name,
        folded(ours),
        folded(beside(change.base, change.theirs)[1]),
        folded(beside(change.base, change.merged or "")[1]) if is_joined else (),
        chosen if chosen in (OURS, THEIRS, OWN, *([BOTH] if is_joined else ())) else "",
        own,
    )


def decided(asked: Sequence[Question]) -> dict[str, str] | None:
    """The texts that were chosen, by key; None as long as one is not."""
    chosen = {each.change.key: each.text for each in asked}
    return None if None in chosen.values() else {key: text or "" for key, text in chosen.items()}


@decisions.route("/samenvoegen/<row:number>", methods=["GET", "POST"])
@login_required
def join(course_id: int, part_id: str, number: int) -> ResponseReturnValue:
    """What two people saved at once: whoever looks chooses, and both stay in the list of versions."""
    course, part = found_or_404(course_id, part_id)
    found = host().versions.conflict(editable(course), part_id, number)
    if found is None:
        flash("Deze versie is al samengevoegd.", "info")
        return redirect(url_for("texts.versions", course_id=course_id, part_id=part_id))
    form, asked = ActionForm(), questions(found.merge, all_typed(), all_of_theirs=False)
    fresh = all_typed().get("gezien") == str(found.latest)
    choices, who = decided(asked), me().name
    if form.validate_on_submit() and fresh and choices is not None and "bewaar" in all_typed():
        text, latest = found.merge.text(choices), found.latest
        deed = by_me(What.TEXT_SAVED, course, part.title)
        outcome = change(
            lambda: host().versions.join(course, part_id, number, text, seen=latest, who=who),
            lambda done: Unlogged.NOTHING if isinstance(done, Refused) else deed,
        )
        if not isinstance(outcome, Refused):
            return after_saving(course_id, part_id, outcome)
    versions = host().versions.version(course, part_id, number), host().versions.latest(course, part_id)
    return _page(
        "organiser/join.html", course, part, found.merge, asked, fresh, seen=found.latest, versions=versions
    )


@decisions.route("/nieuw", methods=["GET", "POST"])
@login_required
def news(course_id: int, part_id: str) -> ResponseReturnValue:
    """What is new in the national text, beside what the course changed; every choice is asked once."""
    course, part = found_or_404(course_id, part_id)
    versions = host().versions
    both, latest = versions.news(editable(course), part_id), versions.latest(course, part_id)
    national = host().library.national(course, part_id)
    if both is None or latest is None or national is None:
        return render_template("organiser/no_news.html", course=course, part=part)
    form, asked = ActionForm(), questions(both, all_typed(), all_of_theirs=True)
    seen = f"{latest.number} {hashlib.sha256(national.encode()).hexdigest()[:16]}"
    fresh = all_typed().get("gezien") == seen
    choices, who, number = decided(asked), me().name, latest.number
    if form.validate_on_submit() and fresh and choices is not None and "bewaar" in all_typed():
        text = both.text(choices)
        deed = by_me(What.TEXT_SAVED, course, part.title)
        outcome = change(
            lambda: versions.update(course, part_id, text, national=national, seen=number, who=who),
            lambda done: deed if isinstance(done, Saved) else Unlogged.NOTHING,
        )
        if isinstance(outcome, Saved):
            tell(outcome)
            return redirect(url_for("texts.versions", course_id=course_id, part_id=part_id))
        # Too large to be saved: the page says why.
        fresh = isinstance(outcome, Refused)
    totals = minutes(latest.source), minutes(national)
    return _page("organiser/news.html", course, part, both, asked, fresh, seen=seen, totals=totals)


def _page(
    template: str,
    course: Course,
    part: Part,
    both: Merge,
    asked: Sequence[Question],
    fresh: bool,
    **more: object,
) -> ResponseReturnValue:
    """The page with its questions; what was chosen stays chosen."""
    text = both.text({each.change.key: each.text for each in asked if each.text is not None})
    sent = request.method == "POST"
    missing = [each for each in asked if each.text is None] if sent else []
    problems = host().library.check(course, part.id, text) if not missing else ()
    page = render_template(
        template,
        course=course,
        part=part,
        both=both,
        asked=asked,
        form=ActionForm(),
        missing=missing,
        problems=problems,
        stale=STALE if sent and not fresh else "",
        total=minutes(text),
        **more,
    )
    return page, 400 if sent and (missing or not fresh) else 200

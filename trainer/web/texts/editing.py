"""What the pages share on which a course's own text of a part is changed: opening it, and saving it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import abort, current_app, flash, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.utils import redirect

from trainer.bucket import TokenBucket
from trainer.curriculum.editing import BadEdit, run_of
from trainer.curriculum.pieces import NoSuchPiece, Piece, Pieces, read_pieces
from trainer.library.versions import Conflict, Opened, Refused, Saved
from trainer.store.log import Unlogged, What, change
from trainer.store.models import Course, db
from trainer.web.accounts import host, me
from trainer.web.deeds import by_me
from trainer.web.forms import ActionForm
from trainer.web.membership import course_or_404
from trainer.web.sent import all_typed
from trainer.web.texts.versions import after_saving, editable, tell

PREFIX = "/beheer/trajecten/<row:course_id>/teksten"
# Checks and previews by one account: one a second, and some at once.
CHECKS_A_SECOND, CHECKS_AT_ONCE = 1.0, 20
# A message for the script of the next page, about the form at this address: see `organiser/page.html`.
SAVED_TEXT = "saved-text"


@dataclass(frozen=True, slots=True)
class Desk:
    """A part of a course that somebody edits.

    `opened` is the last version, a draft too, and `seen` the version that this form was made of, with its
    text. `planned` are the minutes of the national part.
    """

    course: Course
    part_id: str
    title: str
    opened: Opened
    seen: int
    source: str
    national: str
    planned: int

    @property
    def pieces(self) -> Pieces:
        """The blocks and steps of the text that the form was made of."""
        return read_pieces(self.source)

    @property
    def where(self) -> dict[str, Any]:
        """What the addresses of its pages need."""
        return {"course_id": self.course.id, "part_id": self.part_id}


def desk_or_404(course_id: int, part_id: str) -> Desk:
    """What the logged-in user edits; aborts with 404 where there is nothing, or nothing for them.

    Of a course in the archive nobody edits anything.
    """
    course = editable(course_or_404(course_id))
    versions, library = host().versions, host().library
    opened = versions.opened(course, part_id)
    programme = library.programme(course.programme)
    national = next((part for part in programme.parts if part.id == part_id), None) if programme else None
    if opened is None or national is None:
        abort(404)
    seen, source = _seen(course, part_id, opened)
    title = read_pieces(source).front.text("titel") or national.title
    text = library.national(course, part_id) or ""
    return Desk(course, part_id, title, opened, seen, source, text, national.minutes)


def _seen(course: Course, part_id: str, opened: Opened) -> tuple[int, str]:
    """The version that the form was made of, and its text; the last one for a form that does not say."""
    sent = all_typed().get("seen", "")
    if not sent.isascii() or not sent.isdigit() or len(sent) > 9 or int(sent) == opened.number:
        return opened.number, opened.source
    number = int(sent)
    version = host().versions.version(course, part_id, number or 1)
    if version is None:
        return opened.number, opened.source
    return number, version.source if number else version.base


def save(desk: Desk, source: str, note: str) -> Saved | Conflict:
    """Saves a text that was made of the version that the form had. Raises BadEdit when it cannot be saved."""
    course_id, who = desk.course.id, me().name

    def work() -> Saved | Refused | Conflict:
        course = db.session.get_one(Course, course_id)
        return host().versions.save(course, desk.part_id, source, seen=desk.seen, who=who, note=note)

    deed, before = by_me(What.TEXT_SAVED, desk.course, desk.title), desk.opened.number
    outcome = change(work, lambda done: deed if is_new(done, before) else Unlogged.NOTHING)
    if isinstance(outcome, Refused):
        raise BadEdit(f"Niet bewaard: {outcome.problems[0].message}.")
    return outcome


def tried(edit: Callable[[], ResponseReturnValue], gone: str) -> tuple[ResponseReturnValue | None, str]:
    """The answer to what a form asks, or else what is wrong with it; neither when nothing was sent.

    `gone` is said when what the form is about is not there any more.
    """
    if not ActionForm().validate_on_submit():
        return None, ""
    try:
        return edit(), ""
    except BadEdit as wrong:
        return None, wrong.args[0]
    except NoSuchPiece:
        return None, gone


def is_new(outcome: Saved | Refused | Conflict | None, before: int) -> bool:
    """Is there a version that there was not when `before` was the last one?"""
    return isinstance(outcome, Saved | Conflict) and outcome.number != before


def saved(desk: Desk, outcome: Saved | Conflict, back: str) -> ResponseReturnValue:
    """The answer to a text that was saved: the way `back`, or to where two texts are joined."""
    # What is stored may differ from what was typed: only we can tell the browser that it need not keep that.
    flash(request.path, SAVED_TEXT)
    if isinstance(outcome, Conflict):
        return after_saving(desk.course.id, desk.part_id, outcome)
    tell(outcome)
    return redirect(back)


def minutes_of(piece: Piece) -> int:
    """The minutes on a heading; 0 where there are none that can be read."""
    text = piece.heading.attributes.get("minuten", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def minutes_within(block: Piece) -> int:
    """The minutes of the steps of a block together; where one is chosen of several, of the longest."""
    found, at = 0, 0
    while at < len(block.steps):
        run = run_of(block.steps, at)
        options: dict[str | None, int] = {}
        for step in block.steps[run.start : run.stop]:
            options[step.option] = options.get(step.option, 0) + minutes_of(step)
        found, at = found + max(options.values()), run.stop
    return found


def total_of(pieces: Pieces) -> int:
    """The minutes of all blocks together."""
    return sum(minutes_of(block) for block in pieces.blocks)


def outline_url(desk: Desk, anchor: str = "") -> str:
    """The page with the blocks and steps of the part."""
    return url_for("outline.show", **desk.where, _anchor=anchor or None)


def take_turn() -> None:
    """Bounds how often each account may ask for what costs time; aborts with 429 when that was too often."""
    buckets: dict[int, TokenBucket] = current_app.extensions.setdefault("kwartier_turns", {})
    if not buckets.setdefault(me().id, TokenBucket(CHECKS_A_SECOND, CHECKS_AT_ONCE)).take():
        abort(429)

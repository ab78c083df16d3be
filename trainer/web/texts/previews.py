"""What a text would look like on a phone and on the screen, and the notes beside it, in a frame."""

from flask import Blueprint, abort, render_template, request
from flask_login import login_required

from trainer.curriculum.editing import section
from trainer.curriculum.model import Part, Step
from trainer.curriculum.pieces import NoSuchPiece, Piece, read_pieces, split_gap
from trainer.curriculum.units import Sort, units_of
from trainer.live.audience import Role
from trainer.web.accounts import host
from trainer.web.sent import all_typed
from trainer.web.texts.editing import PREFIX, Desk, desk_or_404, take_turn
from trainer.web.texts.typed import typed_text

previews = Blueprint("previews", __name__, url_prefix=PREFIX)
VIEWS = {"telefoon": Role.PHONE, "scherm": Role.SCREEN}
NOTES = "notities"
# The buttons for them are called this and the view.
BUTTON = "voorbeeld-"
# A stand-in for what is around a step; only its block is of the text itself.
AROUND = "---\ntitel: {title}\n---\n\n"


@previews.get("/<part_id>/voorbeeld/<view>")
@login_required
def show(course_id: int, part_id: str, view: str) -> str:
    """A step of what is saved."""
    return drawn(desk_or_404(course_id, part_id), view)


def asked_for() -> str:
    """The view of a preview that a button of this form asks for; '' for another button."""
    done = all_typed().get("doe", "")
    return done.removeprefix(BUTTON) if done.startswith(BUTTON) else ""


def drawn(desk: Desk, view: str) -> str:
    """A step of what is typed, or of what is saved; what is wrong with it when it cannot be shown.

    Aborts with 404 when there is no such view or step, and with 429 when too many were asked for.
    """
    if view not in (*VIEWS, NOTES):
        abort(404)
    take_turn()
    source = typed_text(desk)
    wanted = (
        all_typed().get("stap")
        or request.args.get("stap")
        or next((piece.id for piece in read_pieces(source)), "")
    )
    item = min(all_typed().get("dia", 0, int) or request.args.get("dia", 0, int), 200)
    try:
        alone = alone_of(source, wanted)
    except NoSuchPiece:
        abort(404)
    part, problems = host().library.stored(alone, desk.course.programme, desk.part_id)
    if part is None:
        return render_template("editing/no_preview.html", problems=problems)
    return _page(view, part, next(part.steps()), item)


def alone_of(source: str, id_: str) -> str:
    """A part of one step: that with this id, in its block. Raises NoSuchPiece."""
    pieces = read_pieces(source)
    piece = pieces.find(id_)
    title = AROUND.format(title=_quoted(pieces.front.text("titel") or "Deel"))
    own = split_gap(section(source, id_))[0]
    block = next((each for each in pieces.blocks if piece in each.steps), None)
    if block is None:
        return f"{title}{own}\n"
    # The notes of a block are shown beside each of its steps; its own text is a step by itself.
    heading = pieces.lines[block.first].rstrip("\r\n")
    return f"{title}{heading}\n\n{_notes(source, block)}{own}\n".replace(
        *_no_option(pieces.lines[piece.first])
    )


def _no_option(heading: str) -> tuple[str, str]:
    """A heading, and the same one that is no option: an option alone would be a problem."""
    line = heading.rstrip("\r\n")
    words = line.split(" ")
    kept = [word for word in words if not word.startswith("optie=")]
    closed = "}" if line.endswith("}") and not kept[-1].endswith("}") else ""
    return line, " ".join(kept) + closed


def _notes(source: str, block: Piece) -> str:
    notes = [unit.text for unit in units_of(section(source, block.id)) if unit.sort is Sort.NOTE]
    return "".join(f"{note}\n\n" for note in notes)


def _quoted(title: str) -> str:
    escaped = title.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _page(view: str, part: Part, step: Step, item: int) -> str:
    if view == NOTES:
        return render_template("editing/notes.html", notes=host().preview.notes(part, step, item))
    role = VIEWS[view]
    html = host().preview.html(role, part, step, item, host().clock.now())
    return render_template("editing/view.html", html=html, role=role, title=part.title)

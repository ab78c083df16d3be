"""The page 'Voorbereiden' of a meeting: reading it as it will be given, and choosing what can be chosen."""

from dataclasses import dataclass, field

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required

from trainer import kinds as kind_registry
from trainer.kinds.contract import Command, Rejected
from trainer.live.preparation import preparation
from trainer.store.access import manages_course
from trainer.store.models import Meeting, db
from trainer.web.accounts import host, me, shown_names
from trainer.web.courses import describe
from trainer.web.membership import meeting_or_404
from trainer.web.plan.points import points_of_attention
from trainer.web.sent import all_typed, typed
from trainer.web.texts.versions import TextLine, line_of

preparing = Blueprint("preparing", __name__, url_prefix="/beheer")
# What a form says besides the arguments of its command, which have one value each.
BESIDES = frozenset({"csrf_token", "command", "anchor", "was", "point", "deel"})
# What a script asks for that already has the rest of the page.
TODO = "klaar"


@dataclass(frozen=True, slots=True)
class Refused:
    """What was not saved, as it was typed, and why; `name` and `args` are those of the command."""

    name: str = ""
    message: str = ""
    args: dict[str, str] = field(default_factory=dict)

    def typed(self, name: str, field: str, otherwise: object, block: str = "") -> object:
        """What was typed in a field of this command, or else what is stored."""
        mine = self.name == name and self.args.get("block", "") == block
        return self.args.get(field, otherwise) if mine else otherwise


@preparing.route("/bijeenkomsten/<meeting_id>/voorbereiden", methods=["GET", "POST"])
@login_required
def page(meeting_id: str) -> ResponseReturnValue:
    """What a meeting consists of, what is left to see to, and the choices, as long as it is planned."""
    found = meeting_or_404(meeting_id)
    if request.method == "GET":
        return _page(found)
    command = _command()
    outcome = host().preparing.command(meeting_id, command)
    if isinstance(outcome, Rejected):
        # It may have been opened since this request began.
        db.session.expire_all()
        status = 409 if outcome.code == "opened" else 400
        return _page(
            meeting_or_404(meeting_id), Refused(command.name, outcome.message, _args(command))
        ), status
    # A script that ticks needs the points alone.
    part = TODO if all_typed().get("deel") == TODO else None
    # Where the form is, for a browser that loads the page anew.
    back = url_for("preparing.page", meeting_id=meeting_id, deel=part, _anchor=typed("anchor"))
    return redirect(back, 303)


def _command() -> Command:
    """What the form asks for."""
    args = {name: (typed(name),) for name in all_typed() if name not in BESIDES}
    # A page may be older than what a colleague did: only what was changed on it is asked for.
    were, are = (set(all_typed().getlist(name)) for name in ("was", "point"))
    return Command(typed("command"), args | {"on": tuple(are - were), "off": tuple(were - are)})


def _args(command: Command) -> dict[str, str]:
    return {name: values[0] for name, values in command.args.items() if name not in ("on", "off")}


def _page(meeting: Meeting, refused: Refused | None = None) -> str:
    scene = host().preparing.scene(meeting)
    programme = host().library.programme(meeting.course.programme)
    handouts = programme.handouts if programme else ()
    names = shown_names()
    part = "prepare_points" if request.args.get("deel") == TODO and scene else "prepare"
    return render_template(
        f"organiser/{part}.html",
        line=describe(host().library, meeting),
        meeting=meeting,
        course=meeting.course,
        own=_own_text(meeting),
        points=points_of_attention(meeting.course, meeting.part),
        plan=preparation(scene, handouts) if scene else None,
        refused=refused or Refused(),
        fixed=meeting.phase != "planned",
        suggested=[names[user.id] for user in meeting.trainers],
        text=host().preparing.text,
        shows_notes=host().preparing.shows_notes,
        facilitation=lambda step: kind_registry.facilitation(host().kinds[step.kind]),
    )


def _own_text(meeting: Meeting) -> TextLine | None:
    """The course's own text, when something of it is to be looked at, and the user may do so."""
    course, part = meeting.course, host().library.part(meeting.course, meeting.part)
    if part is None or meeting.phase != "planned" or course.archived or not manages_course(me(), course):
        return None
    line = line_of(course, part)
    return line if line.draft or line.news or line.waiting else None

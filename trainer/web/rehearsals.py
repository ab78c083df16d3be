"""Where a trainer begins and ends a rehearsal of a meeting."""

from collections.abc import Iterator
from typing import cast

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import login_required
from wtforms import SelectField
from wtforms.validators import NumberRange

from trainer.curriculum.model import Part
from trainer.kinds.contract import Kind
from trainer.live.stored import prepared_from_json
from trainer.rehearsing.habits import MOST_PEOPLE, USUAL_PEOPLE
from trainer.rehearsing.rehearsals import Opening, Rehearsals
from trainer.store.access import leads
from trainer.store.models import Meeting
from trainer.web.accounts import host, me
from trainer.web.courses import describe
from trainer.web.deeds import my_name
from trainer.web.fields import NumberField, required
from trainer.web.forms import ActionForm, Form
from trainer.web.membership import meeting_or_404

blueprint = Blueprint("rehearsals", __name__, url_prefix="/beheer/bijeenkomsten/<meeting_id>")

AT_THE_DOOR = "Het begin: iedereen komt binnen"
WHY_NOT = {
    Opening.EARNEST: "Deze bijeenkomst is al echt open, met telefoons erin. Oefenen kan nu niet.",
    Opening.OVER: "Deze bijeenkomst is al geweest. Oefenen kan bij een bijeenkomst die nog komt.",
    Opening.BUSY: "Er wordt nu al op veel plekken geoefend. Probeer het straks nog eens.",
    Opening.UNREADABLE: "Het programma kan nu niet gelezen worden. Kijk bij Programma's wat er mis is.",
}


class RehearsalForm(Form):
    """How many people take part, and where the rehearsal begins."""

    people = NumberField(
        "Hoeveel deelnemers doen mee?",
        default=USUAL_PEOPLE,
        description=f"Kwartier bedenkt ze: 1 tot {MOST_PEOPLE}. Je eigen telefoon mag ook meedoen.",
        validators=[
            required("Vul een aantal deelnemers in."),
            NumberRange(1, MOST_PEOPLE, message=f"Kies een getal van 1 tot en met {MOST_PEOPLE}."),
        ],
    )
    step = SelectField(
        "Waar begin je?", description="Kies een werkvorm om alleen die te oefenen.", default=""
    )


def rehearsals() -> Rehearsals:
    """The rehearsals of the application that serves this request."""
    return cast(Rehearsals, current_app.extensions["rehearsals"])


@blueprint.route("/oefenen", methods=["GET", "POST"])
@login_required
def begin(meeting_id: str) -> ResponseReturnValue:
    """Asks with how many people and where, and opens the meeting as a rehearsal; `?stap=` chooses a step.

    Only for whoever leads the meeting: a rehearsal is led from its control.
    """
    found = meeting_or_404(meeting_id)
    if not leads(me(), found):
        abort(make_response(render_template("live/no_trainer.html", meeting=meeting_id), 403))
    part = host().library.part(found.course, found.part)
    form, status = RehearsalForm(), 200
    form.step.choices = [("", AT_THE_DOOR), *_steps(part)]
    if not form.is_submitted():
        form.people.data = _people(found, part)
        asked = request.args.get("stap", "")
        form.step.data = asked if asked in dict(form.step.choices) else ""
    elif form.validate():
        opened = rehearsals().open(meeting_id, form.people.data, form.step.data, who=my_name())
        if opened is Opening.OPEN:
            return redirect(url_for("live.control", meeting_id=meeting_id))
        flash(WHY_NOT[opened], "danger")
        return redirect(url_for("organiser.meeting", meeting_id=meeting_id))
    else:
        status = 400
    line = describe(host().library, found)
    return render_template("organiser/rehearse.html", form=form, line=line, going_on=_goes_on(found)), status


@blueprint.post("/oefening-stoppen")
@login_required
def end(meeting_id: str) -> ResponseReturnValue:
    """Ends a rehearsal from the page of its meeting, for whoever may open and take back meetings."""
    found = meeting_or_404(meeting_id)
    if ActionForm().validate_on_submit() and rehearsals().end(found.id):
        flash("De oefening is gestopt. Alles ervan is gewist.", "ok")
    return redirect(url_for("organiser.meeting", meeting_id=meeting_id))


def _goes_on(meeting: Meeting) -> bool:
    return meeting.rehearsal and meeting.phase in ("lobby", "live")


def _people(meeting: Meeting, part: Part | None) -> int:
    """As many as trainers expect: with others, control would say that there are too many phones."""
    expected = prepared_from_json(meeting.state, part).expected if part else 0
    return min(expected or USUAL_PEOPLE, MOST_PEOPLE)


def _steps(part: Part | None) -> Iterator[tuple[str, str]]:
    """What can be practised by itself: each exercise, with its block where that has another name."""
    for block in part.blocks if part else ():
        for step in block.steps:
            if _kind(step.kind).is_exercise:
                title = step.title if step.title == block.title else f"{step.title} ({block.title})"
                yield step.id, title


def _kind(name: str) -> Kind:
    return host().kinds[name]

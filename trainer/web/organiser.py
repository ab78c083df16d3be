"""The pages for organisers and trainers: courses, meetings, and who trains them."""

from collections.abc import Collection

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required
from sqlalchemy import delete, select

from trainer.live.bounds import USUAL_START, read_start
from trainer.store.access import is_national, leads, may_delete, organises
from trainer.store.locations import all_locations, numbers
from trainer.store.log import Deed, Unlogged, What, change
from trainer.store.models import UNKNOWN_DAY, Course, Meeting, db
from trainer.web.accounts import announce, host, me, today
from trainer.web.courses import (
    OPEN,
    add_meeting,
    card,
    cards,
    choices,
    describe,
    keep_for,
    people,
    todays,
)
from trainer.web.deeds import by_me, my_name
from trainer.web.forms import (
    ActionForm,
    CourseSettingsForm,
    MeetingForm,
    NewMeetingForm,
    TrainersForm,
)
from trainer.web.invited import invited
from trainer.web.membership import course_or_404, meeting_or_404, organised_or_404, organiser_only
from trainer.web.plan.points import points_of_attention

blueprint = Blueprint("organiser", __name__, url_prefix="/beheer")


@blueprint.get("")
@login_required
def home() -> ResponseReturnValue:
    """The courses and meetings of this account."""
    found = cards(host().library, me())
    listed = [card for card in found if not card.course.archived]
    return render_template(
        "organiser/home.html",
        today=today(),
        todays=todays(found, today()),
        cards=[card for card in listed if card.upcoming or not card.lines],
        over=[card for card in listed if card.lines and not card.upcoming],
        archived=len(found) - len(listed),
        held=any(one.over for one in numbers().values())
        if is_national(me())
        else any(line.is_closed for card in found for line in card.lines),
        programmes=host().library.programmes,
        locations=all_locations() if is_national(me()) else (),
    )


@blueprint.route("/trajecten/<row:course_id>", methods=["GET", "POST"])
@login_required
def course(course_id: int) -> ResponseReturnValue:
    """A course, and its settings."""
    found = organised_or_404(course_id)
    form = CourseSettingsForm(obj=found)
    if form.validate_on_submit():

        def save() -> bool:
            if not keep_for(course_id, form.retention_days.data):
                return False
            form.populate_obj(db.session.get_one(Course, course_id))
            return True

        if change(save, lambda done: by_me(What.COURSE_CHANGED, found) if done else Unlogged.NOTHING):
            flash("Bewaard.", "ok")
            return redirect(url_for("organiser.course", course_id=course_id))
        form.refuse_longer(found.retention_days)
    status = 400 if form.is_submitted() else 200
    library = host().library
    page = render_template(
        "organiser/course.html",
        card=card(library, found, me()),
        flaws=library.flaws(found),
        form=form,
        locations=all_locations() if is_national(me()) else (),
    )
    return page, status


@blueprint.route("/trajecten/<row:course_id>/verwijderen", methods=["GET", "POST"])
@login_required
def delete_course(course_id: int) -> ResponseReturnValue:
    """Asks whether a course may go, and deletes it; not while one of its meetings is open."""
    found = organised_or_404(course_id)
    form, title, meeting_ids = ActionForm(), found.title, [meeting.id for meeting in found.meetings]
    deed = by_me(What.COURSE_DELETED, found)
    if form.validate_on_submit() and _delete(Course, course_id, meeting_ids, deed):
        flash(f"Het traject '{title}' is verwijderd.", "ok")
        return redirect(url_for("organiser.home"))
    opened = any(meeting.phase in OPEN for meeting in found.meetings)
    page = render_template("organiser/delete.html", form=form, course=found, meeting=None, opened=opened)
    return page, 409 if form.is_submitted() and opened else 200


@blueprint.route("/trajecten/<row:course_id>/bijeenkomst", methods=["GET", "POST"])
@login_required
def new_meeting(course_id: int) -> ResponseReturnValue:
    """Adds a meeting to a course, also a second one of the same part."""
    found = course_or_404(course_id)
    if found.archived:
        flash("Dit traject staat in het archief. Er komt geen bijeenkomst bij.", "info")
        return redirect(url_for("planning.archive"))
    form = NewMeetingForm()
    form.part.choices = [(part.id, part.title) for part in host().library.parts(found)]
    if not form.is_submitted():
        form.start.process_formdata([found.meetings[-1].start if found.meetings else USUAL_START])
    if form.validate_on_submit() and form.date.data is not None:
        part, day, start = form.part.data, form.date.data, form.start.text
        deed = by_me(What.MEETING_PLANNED, found, dict(form.part.choices)[part])
        added = change(lambda: add_meeting(course_id, part, day, start), deed)
        flash("De bijeenkomst is toegevoegd. Kijk of de trainers kloppen.", "ok")
        _warn(added.course)
        return redirect(_back(added))
    status = 400 if form.is_submitted() else 200
    return render_template("organiser/new_meeting.html", form=form, course=found), status


@blueprint.post("/trajecten/<row:course_id>/uitnodigen")
@login_required
def invite_trainer(course_id: int) -> ResponseReturnValue:
    """Makes an invitation link for a new trainer, shown on this page only."""
    found = organised_or_404(course_id)
    if not ActionForm().validate_on_submit():
        return redirect(url_for("organiser.course", course_id=course_id))
    return invited(course=found)


@blueprint.post("/uitnodigen")
@organiser_only
def invite_organiser() -> ResponseReturnValue:
    """Makes an invitation link for another organiser of the same location, shown on this page only."""
    if not ActionForm().validate_on_submit():
        return redirect(url_for("organiser.home"))
    return invited(location=me().location)


@blueprint.route("/bijeenkomsten/<meeting_id>", methods=["GET", "POST"])
@login_required
def meeting(meeting_id: str) -> ResponseReturnValue:
    """Date and time, which trainers may change too, and for organisers the choice of trainers."""
    found = meeting_or_404(meeting_id)
    fixed = found.phase != "planned"
    planned = None if found.date == UNKNOWN_DAY else found.date
    form = MeetingForm(data={"date": planned, "start": read_start(found.start)})
    if not fixed and form.validate_on_submit() and form.date.data is not None:
        day, start = form.date.data, form.start.text

        def save() -> None:
            changed = db.session.get_one(Meeting, meeting_id)
            changed.date, changed.start = day, start

        change(save, _of(found, What.MEETING_MOVED))
        flash("Datum en tijd zijn bewaard.", "ok")
        _warn(found.course)
        return redirect(_back(found))
    status = 409 if fixed and form.is_submitted() else 400 if form.is_submitted() else 200
    trainers = _trainers_form(found)
    line, action = describe(host().library, found), ActionForm()
    page = render_template(
        "organiser/meeting.html",
        line=line,
        form=form,
        trainers=trainers,
        fixed=fixed,
        action=action,
        course=found.course,
        points=points_of_attention(found.course, found.part),
    )
    return page, status


@blueprint.post("/bijeenkomsten/<meeting_id>/trainers")
@login_required
def meeting_trainers(meeting_id: str) -> ResponseReturnValue:
    """Sets who gives a meeting; who no longer does loses the open pages."""
    found = meeting_or_404(meeting_id)
    organised_or_404(found.course_id)
    form = _trainers_form(found)
    if form.validate_on_submit():
        chosen, before = form.trainers.data or (), set(found.trainers)

        def save() -> None:
            db.session.get_one(Meeting, meeting_id).trainers = people(chosen)

        change(save, _of(found, What.MEETING_TRAINERS))
        for user in found.trainers:
            if user not in before:
                announce(user, [found])
        host().signals.hang_up_strangers()
        flash("De trainers zijn bewaard.", "ok")
    else:
        flash("De trainers zijn niet bewaard. Kies opnieuw.", "danger")
    return redirect(_back(found))


@blueprint.post("/bijeenkomsten/<meeting_id>/niet-openen")
@login_required
def unopen_meeting(meeting_id: str) -> ResponseReturnValue:
    """Returns a meeting that was opened by mistake to planned, unless it has begun."""
    found = meeting_or_404(meeting_id)
    if ActionForm().validate_on_submit():
        if host().steering.unopen(meeting_id, who=my_name()):
            flash("De bijeenkomst is weer gepland. De code werkt niet meer.", "ok")
        else:
            flash("Deze bijeenkomst is al begonnen. Sluit hem af in de regie.", "info")
    return redirect(_back(found))


@blueprint.post("/bijeenkomsten/<meeting_id>/openen")
@login_required
def open_meeting(meeting_id: str) -> ResponseReturnValue:
    """Opens a meeting, which gives it its code, and sends a user who leads it on to control."""
    found = meeting_or_404(meeting_id)
    if not ActionForm().validate_on_submit():
        return redirect(url_for("organiser.home"))
    if found.phase == "closed":
        flash("Deze bijeenkomst is al geweest. Dit is de evaluatie.", "info")
        return redirect(url_for("results.meeting", meeting_id=meeting_id))
    if not host().open_meeting(meeting_id, _of(found, What.MEETING_OPENED)):
        flash("Het programma kan nu niet gelezen worden. Kijk bij Programma's wat er mis is.", "danger")
        return redirect(_back(found))
    if not leads(me(), found):
        flash("De bijeenkomst is open. De trainers vinden de regie in hun overzicht.", "ok")
        return redirect(_back(found))
    return redirect(url_for("live.control", meeting_id=meeting_id))


@blueprint.route("/bijeenkomsten/<meeting_id>/verwijderen", methods=["GET", "POST"])
@login_required
def delete_meeting(meeting_id: str) -> ResponseReturnValue:
    """Deletes a meeting; trainers of the whole course may while it is planned, and holds nothing yet."""
    found = meeting_or_404(meeting_id)
    if not may_delete(me(), found):
        abort(404)
    form, back = ActionForm(), _back(found)
    deed = _of(found, What.MEETING_DELETED)
    if form.validate_on_submit() and _delete(Meeting, meeting_id, [meeting_id], deed):
        flash("De bijeenkomst is verwijderd.", "ok")
        return redirect(back)
    course, line, opened = found.course, describe(host().library, found), found.phase in OPEN
    page = render_template("organiser/delete.html", form=form, course=course, meeting=line, opened=opened)
    return page, 409 if form.is_submitted() and opened else 200


def _of(meeting: Meeting, what: What) -> Deed:
    return by_me(what, meeting.course, describe(host().library, meeting).title)


def _delete(
    table: type[Course] | type[Meeting], key: int | str, meeting_ids: Collection[str], deed: Deed
) -> bool:
    """Deletes a row; False when a meeting is open. One statement, because one may be opened concurrently."""
    opened = select(Meeting).where(Meeting.id.in_(meeting_ids), Meeting.phase.in_(OPEN))
    statement = delete(table).where(table.id == key, ~opened.exists())
    deleted = change(
        lambda: db.session.connection().execute(statement).rowcount == 1,
        lambda done: deed if done else Unlogged.NOTHING,
    )
    db.session.expire_all()
    if deleted:
        host().let_go(meeting_ids)
    return deleted


def _trainers_form(meeting: Meeting) -> TrainersForm:
    form = TrainersForm()
    form.trainers.choices = choices(meeting.course.location_id)
    if not form.is_submitted():
        form.trainers.data = [str(user.id) for user in meeting.trainers]
    return form


def _warn(course: Course) -> None:
    # Who organises it comes back to its page, which says so itself.
    if organises(me(), course):
        return
    db.session.refresh(course)
    for early, late in card(host().library, course, me()).turned:
        flash(f"Let op: '{early}' komt nu voor '{late}'.", "warn")


def _back(meeting: Meeting) -> str:
    if organises(me(), meeting.course):
        return url_for("organiser.course", course_id=meeting.course_id)
    return url_for("organiser.home")

"""Courses as a whole: made, copied, and put in the archive and back."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required

from trainer.live.bounds import USUAL_START
from trainer.store.access import is_national
from trainer.store.locations import all_locations
from trainer.store.log import Unlogged, What, change
from trainer.store.models import Location, db
from trainer.web.accounts import host, me, today
from trainer.web.courses import (
    cards,
    choices,
    copy_course,
    days_apart,
    make_course,
    people,
    put_away,
    take_out,
)
from trainer.web.deeds import by_me
from trainer.web.forms import ActionForm, CopyForm, NewCourseForm
from trainer.web.membership import organised_or_404, organiser_only

planning = Blueprint("planning", __name__, url_prefix="/beheer")


@planning.route("/trajecten/nieuw", methods=["GET", "POST"])
@organiser_only
def new_course() -> ResponseReturnValue:
    """The page that makes a course."""
    programmes, mine = host().library.programmes, me().location
    form = NewCourseForm()
    form.programme.choices = [(programme.id, programme.title) for programme in programmes.values()]
    form.gaps = {programme.id: len(programme.parts) - 1 for programme in programmes.values()}
    form.trainers.choices = choices(me().location_id)
    form.location.choices = [("", "Geen: wij organiseren het zelf"), *_others()]
    if not form.is_submitted():
        form.start.process_formdata([USUAL_START])
        form.trainers.data = [str(me().id)]
        form.place.data = mine.name if mine else ""
        if len(programmes) == 1:
            form.programme.data = next(iter(programmes))
    if form.validate_on_submit() and form.first_date.data is not None:
        programme, start = programmes[form.programme.data], form.start.text
        days = days_apart(form.first_date.data, form.weeks.data)
        location = db.session.get(Location, int(form.location.data)) if form.location.data else mine
        is_mine = location == mine
        # Who trains the courses of others is theirs to say.
        trainers = form.trainers.data if is_mine and form.trainers.data else ()
        settings = {name: form[name].data or "" for name in ("title", "place", "responsible", "contact")}
        owned = settings | {"location_id": location.id if location else None}
        course = change(
            lambda: make_course(programme, owned, days, start, people(trainers)),
            lambda made: by_me(What.COURSE_MADE, made),
        )
        if location is not None and not is_mine:
            flash(f"Het traject is gemaakt. De organisatoren van {location.name} zien het nu.", "ok")
            return redirect(url_for("organiser.home"))
        flash("Het traject is gemaakt. Kijk of de datums kloppen.", "ok")
        return redirect(url_for("organiser.course", course_id=course.id))
    status = 400 if form.is_submitted() else 200
    return render_template("organiser/new_course.html", form=form, programmes=programmes), status


def _others() -> list[tuple[str, str]]:
    """The locations that may be chosen for a course, as (id, name) options; none for those with their own."""
    return [(str(each.id), each.name) for each in all_locations()] if is_national(me()) else []


@planning.get("/archief")
@login_required
def archive() -> ResponseReturnValue:
    """The courses in the archive, of which everything can still be read."""
    found = [card for card in cards(host().library, me()) if card.course.archived]
    return render_template("organiser/archive.html", cards=found, today=today())


@planning.post("/trajecten/<row:course_id>/archiveren")
@login_required
def archive_course(course_id: int) -> ResponseReturnValue:
    """Puts a course in the archive; not while one of its meetings is open."""
    found = organised_or_404(course_id)
    title = found.title
    if not ActionForm().validate_on_submit():
        return redirect(url_for("organiser.course", course_id=course_id))
    deed = by_me(What.COURSE_ARCHIVED, found)
    if not change(lambda: put_away(course_id), lambda done: deed if done else Unlogged.NOTHING):
        flash("Een bijeenkomst van dit traject is nu open. Sluit die eerst.", "danger")
        return redirect(url_for("organiser.course", course_id=course_id))
    flash(f"'{title}' staat nu in het archief.", "ok")
    return redirect(url_for("organiser.home"))


@planning.post("/trajecten/<row:course_id>/terughalen")
@login_required
def restore_course(course_id: int) -> ResponseReturnValue:
    """Takes a course out of the archive."""
    found = organised_or_404(course_id)
    title = found.title
    if ActionForm().validate_on_submit():
        change(lambda: take_out(course_id), by_me(What.COURSE_TAKEN_OUT, found))
        flash(f"'{title}' staat weer bij je trajecten.", "ok")
    return redirect(url_for("organiser.course", course_id=course_id))


@planning.route("/trajecten/<row:course_id>/kopie", methods=["GET", "POST"])
@login_required
def copy(course_id: int) -> ResponseReturnValue:
    """Makes a course that is planned as this one, with nothing of what anybody sent."""
    found = organised_or_404(course_id)
    form = CopyForm()
    form.meetings = len({meeting.part for meeting in found.meetings})
    if form.validate_on_submit() and form.first_date.data is not None:
        title, first, weeks = form.title.data, form.first_date.data, form.weeks.data
        versions, who, source = host().versions, me().name, found.title
        made = change(
            lambda: copy_course(course_id, title, first, weeks, versions, who),
            lambda copied: by_me(What.COURSE_COPIED, copied, source),
        )
        flash("De kopie is gemaakt. Kijk of de datums en de trainers kloppen.", "ok")
        return redirect(url_for("organiser.course", course_id=made.id))
    status = 400 if form.is_submitted() else 200
    return render_template("organiser/copy.html", form=form, course=found), status

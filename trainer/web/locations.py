"""Locations: made, renamed and removed; who organises them, and which courses are theirs."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required

from trainer.store.access import is_national
from trainer.store.locations import (
    NameTaken,
    Numbers,
    all_locations,
    dismiss,
    hand_over,
    make,
    move,
    numbers,
    organisers,
    remove,
    rename,
    trained,
)
from trainer.store.log import Said, Unlogged, What, change
from trainer.store.models import Location, User, db
from trainer.web.accounts import host, me, shown_names
from trainer.web.deeds import by_me, by_me_to
from trainer.web.forms import ActionForm
from trainer.web.invited import invited
from trainer.web.location_forms import ChoiceForm, LocationForm
from trainer.web.membership import location_or_404, national_only, organised_or_404

locations = Blueprint("locations", __name__, url_prefix="/beheer")

TAKEN = "Er is al een locatie met deze naam. Kies een andere."
NATIONAL = ("landelijk", "Geen: landelijk organisator")


def _alone(user: User) -> bool:
    """Is this the only organiser of a location that has courses?"""
    here = user.location_id
    return here is not None and organisers(here) == [user] and numbers().get(here, Numbers()).courses > 0


def _if_done(said: Said) -> Callable[[bool], Said]:
    return lambda done: said if done else Unlogged.NOTHING


@locations.route("/locaties", methods=["GET", "POST"])
@national_only
def overview() -> ResponseReturnValue:
    """Every location with what it holds in numbers, and a form for another."""
    form = LocationForm()
    if form.validate_on_submit():
        try:
            location = change(
                lambda: make(form.name.data), lambda made: by_me(What.LOCATION_MADE, about=made.name)
            )
        except NameTaken:
            form.name.errors = [TAKEN]
        else:
            flash(f"De locatie {location.name} is gemaakt. Nodig er nu organisatoren voor uit.", "ok")
            return redirect(url_for("locations.show", location_id=location.id))
    holds = numbers()
    page = render_template(
        "organiser/locations.html",
        form=form,
        listed=[(each, holds.get(each.id, Numbers()), organisers(each.id)) for each in all_locations()],
        rest=holds.get(None, Numbers()),
        national=organisers(None),
        names=shown_names(),
    )
    return page, 400 if form.is_submitted() else 200


@locations.route("/locaties/<row:location_id>", methods=["GET", "POST"])
@login_required
def show(location_id: int) -> ResponseReturnValue:
    """A location: its name, who organises it, and what it holds in numbers."""
    found = location_or_404(location_id)
    form = LocationForm(obj=found)
    if form.is_submitted() and not is_national(me()):
        abort(404)
    if form.validate_on_submit():
        try:
            change(
                lambda: rename(location_id, form.name.data),
                by_me(What.LOCATION_RENAMED, about=form.name.data),
            )
        except NameTaken:
            form.name.errors = [TAKEN]
        else:
            flash("Bewaard.", "ok")
            return redirect(url_for("locations.show", location_id=location_id))
    page = render_template(
        "organiser/location.html",
        location=found,
        form=form,
        held=numbers().get(location_id, Numbers()),
        people=organisers(location_id),
        names=shown_names(),
    )
    return page, 400 if form.is_submitted() else 200


@locations.post("/locaties/<row:location_id>/uitnodigen")
@login_required
def invite(location_id: int) -> ResponseReturnValue:
    """Makes an invitation link for an organiser of this location, shown on this page only."""
    found = location_or_404(location_id)
    if not ActionForm().validate_on_submit():
        return redirect(url_for("locations.show", location_id=location_id))
    return invited(location=found)


@locations.route("/locaties/<row:location_id>/verwijderen", methods=["GET", "POST"])
@national_only
def delete(location_id: int) -> ResponseReturnValue:
    """Asks whether a location may go, and removes it; not while it has courses or organisers."""
    found = location_or_404(location_id)
    form, name = ActionForm(), found.name
    deed = by_me(What.LOCATION_REMOVED, about=name)
    if form.validate_on_submit() and change(lambda: remove(location_id), _if_done(deed)):
        flash(f"De locatie {name} is verwijderd.", "ok")
        return redirect(url_for("locations.overview"))
    db.session.expire_all()
    holds, people = numbers().get(location_id, Numbers()), organisers(location_id)
    page = render_template(
        "organiser/delete_location.html", form=form, location=found, held=holds, people=people
    )
    return page, 409 if form.is_submitted() and (holds.courses or people) else 200


@locations.route("/organisatoren/<row:user_id>", methods=["GET", "POST"])
@national_only
def move_organiser(user_id: int) -> ResponseReturnValue:
    """Asks where an organiser is to be one, and moves them; what they had is gone at once."""
    found = db.session.get(User, user_id)
    if found is None or not found.is_organiser:
        abort(404)
    form, name = ChoiceForm(), shown_names()[user_id]
    everywhere = [NATIONAL, *((str(each.id), each.name) for each in all_locations())]
    now = str(found.location_id or NATIONAL[0])
    form.location.choices = [each for each in everywhere if each[0] != now]
    if form.validate_on_submit():
        target = None if form.location.data == NATIONAL[0] else int(form.location.data)
        deeds = by_me_to(What.ORGANISER_MOVED, found, name)
        if change(lambda: move(user_id, target), _if_done(deeds)):
            host().signals.hang_up_strangers()
            flash(f"{name} is verplaatst, en overal uitgelogd.", "ok")
            return redirect(url_for("locations.overview"))
        form.location.errors = ["Er is geen andere landelijke organisator. Nodig er eerst een uit."]
    page = render_template(
        "organiser/move.html",
        form=form,
        user=found,
        name=name,
        trained=trained(found),
        alone=_alone(found),
        everywhere=everywhere,
    )
    return page, 400 if form.is_submitted() else 200


@locations.route("/organisatoren/<row:user_id>/verwijderen", methods=["GET", "POST"])
@national_only
def delete_organiser(user_id: int) -> ResponseReturnValue:
    """Asks whether the account of another organiser may go, and deletes it: they are out at once."""
    found = db.session.get(User, user_id)
    if found is None or not found.is_organiser or found == me():
        abort(404)
    form, name = ActionForm(), shown_names()[user_id]
    if form.validate_on_submit():
        change(lambda: dismiss(user_id), by_me_to(What.ACCOUNT_REMOVED, found, name))
        host().signals.hang_up_strangers()
        flash(f"Het account van {name} is verwijderd.", "ok")
        return redirect(url_for("locations.overview"))
    back = url_for("locations.move_organiser", user_id=user_id)
    values = {"form": form, "user": found, "name": name, "back": back, "alone": _alone(found)}
    return render_template("organiser/delete_account.html", **values)


@locations.route("/trajecten/<row:course_id>/locatie", methods=["GET", "POST"])
@national_only
def give(course_id: int) -> ResponseReturnValue:
    """Asks which location a course is to be of, and gives it away: its organisers have it from then on."""
    found = organised_or_404(course_id)
    form, title = ChoiceForm(), found.title
    form.location.choices = [(str(each.id), each.name) for each in all_locations()]
    if form.validate_on_submit():
        target = db.session.get_one(Location, int(form.location.data))
        name = target.name
        deed = by_me(What.COURSE_GIVEN, found, name)
        if change(lambda: hand_over(course_id, target.id), _if_done(deed)):
            flash(f"'{title}' is nu van {name}.", "ok")
        return redirect(url_for("organiser.home"))
    status = 400 if form.is_submitted() else 200
    is_trainer = any(me() in meeting.trainers for meeting in found.meetings)
    page = render_template("organiser/give.html", form=form, course=found, is_trainer=is_trainer)
    return page, status

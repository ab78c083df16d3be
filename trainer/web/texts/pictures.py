"""The pictures of a course, for its own texts: added, described, and taken away."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required

from trainer.curriculum.parse import base_of
from trainer.library.intake import LONGEST_DESCRIPTION, MOST_PICTURES
from trainer.library.pictures import BadPicture, fresh_name, tidied
from trainer.store.log import What, change
from trainer.store.models import Course, CoursePicture, db
from trainer.web.accounts import host
from trainer.web.deeds import by_me
from trainer.web.forms import ActionForm
from trainer.web.membership import course_or_404
from trainer.web.sent import all_typed, typed
from trainer.web.texts.editing import PREFIX, take_turn
from trainer.web.texts.versions import editable

pictures = Blueprint("pictures", __name__, url_prefix=f"{PREFIX}/foto")


@pictures.route("", methods=["GET", "POST"])
@login_required
def show(course_id: int) -> ResponseReturnValue:
    """All pictures, and a form for another one."""
    course = course_or_404(course_id)
    error = ""
    if request.method == "POST":
        editable(course)
    if ActionForm().validate_on_submit():
        try:
            added = _added(course)
            flash(f"Toegevoegd. Zet dit in je tekst: {markdown_of(added)}", "ok")
            return redirect(url_for("pictures.show", course_id=course_id))
        except BadPicture as wrong:
            error = wrong.args[0]
    elif request.method == "POST":
        error = "Deze pagina stond te lang open. Kies de foto nog een keer."
    page = render_template(
        "editing/pictures.html",
        course=course,
        pictures=course.pictures,
        base=base_of(course.programme),
        markdown_of=markdown_of,
        used=used_in(course),
        error=error,
        typed=all_typed(),
        most=MOST_PICTURES,
    )
    return page, 400 if error else 200


@pictures.post("/<name>/weg")
@login_required
def remove(course_id: int, name: str) -> ResponseReturnValue:
    """Takes a picture away, unless a text that is given shows it."""
    course = editable(course_or_404(course_id))
    if ActionForm().validate_on_submit():
        if name in used_in(course):
            flash("Deze foto staat nog in een tekst. Haal hem daar eerst weg.", "danger")
        else:
            change(lambda: _remove(course_id, name), by_me(What.PICTURE_REMOVED, course))
            flash("De foto is weg.", "ok")
    return redirect(url_for("pictures.show", course_id=course_id))


def markdown_of(picture: CoursePicture) -> str:
    """How a text shows a picture."""
    return f"![{picture.description}]({picture.name})"


def used_in(course: Course) -> set[str]:
    """The names of the pictures that a text which is given, or the last draft of one, shows."""
    texts = [variant.source for variant in course.variants.values()]
    opened = (host().versions.opened(course, part_id) for part_id in course.variants)
    texts += [each.source for each in opened if each]
    return {picture.name for picture in course.pictures if any(picture.name in text for text in texts)}


def _added(course: Course) -> CoursePicture:
    description = typed("omschrijving").replace("[", "(").replace("]", ")")
    sent = request.files.get("foto")
    if len(course.pictures) >= MOST_PICTURES:
        raise BadPicture(f"Er zijn al {MOST_PICTURES} foto's. Haal er eerst een weg.")
    if sent is None or not sent.filename:
        raise BadPicture("Kies een foto.")
    if not description:
        raise BadPicture("Beschrijf wat er te zien is. Wie niet kan zien, hoort dat.")
    if len(description) > LONGEST_DESCRIPTION:
        raise BadPicture(f"Maak de beschrijving korter: hoogstens {LONGEST_DESCRIPTION} tekens.")
    take_turn()
    made = host().offload(tidied, sent.read())
    course_id, name = course.id, fresh_name(sent.filename, made.ending)

    def work() -> CoursePicture:
        added = CoursePicture(
            course_id=course_id,
            name=name,
            description=description,
            width=made.width,
            height=made.height,
            data=made.data,
        )
        db.session.add(added)
        return added

    return change(work, by_me(What.PICTURE_ADDED, course))


def _remove(course_id: int, name: str) -> None:
    found = db.session.get(CoursePicture, (course_id, name))
    if found is not None:
        db.session.delete(found)

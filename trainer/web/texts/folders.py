"""Local texts out and in: as a folder of Markdown, and from one course to another."""

import re
from collections.abc import Sequence

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required

from trainer.curriculum.differences import compare
from trainer.curriculum.merging import minutes
from trainer.curriculum.problems import Problem, shortened
from trainer.library.folders import MOST_PACKED, FolderRefused, files_of, pack, unpack
from trainer.library.intake import Taken, TextsRefused, add, take
from trainer.library.versions import Conflict, Refused, Saved
from trainer.store.log import Unlogged, What, change
from trainer.store.models import Course, db
from trainer.web.accounts import host, me
from trainer.web.deeds import by_me
from trainer.web.downloads import as_file, stem_of
from trainer.web.forms import ActionForm
from trainer.web.membership import course_or_404
from trainer.web.sent import all_typed
from trainer.web.texts.sharing import others
from trainer.web.texts.versions import editable, found_or_404, tell

folders = Blueprint("folders", __name__, url_prefix="/beheer/trajecten/<row:course_id>/teksten")


@folders.route("/<part_id>/delen", methods=["GET", "POST"])
@login_required
def share(course_id: int, part_id: str) -> ResponseReturnValue:
    """Gives a course's own text of a part to other courses too."""
    course, part = found_or_404(course_id, part_id)
    form, who = ActionForm(), me().name
    listed = others(course, part_id) if part_id in course.variants else ()
    chosen = {int(value) for value in all_typed().getlist("traject") if re.fullmatch(r"[1-9]\d{0,17}", value)}
    if "allemaal" in all_typed():
        chosen = {other.course.id for other in listed if other.near}
    targets = [other.course for other in listed if other.course.id in chosen]
    if form.validate_on_submit() and targets:

        def work() -> list[Course]:
            return [target for target in targets if host().versions.share(course, part_id, target, who=who)]

        number = len(
            change(work, lambda shared: [by_me(What.TEXT_SHARED, target, part.title) for target in shared])
        )
        flash(
            "1 traject heeft deze tekst nu ook."
            if number == 1
            else f"{number} trajecten hebben deze tekst nu ook.",
            "ok",
        )
        return redirect(url_for("texts.versions", course_id=course_id, part_id=part_id))
    status = 400 if form.is_submitted() else 200
    return render_template("organiser/share.html", course=course, part=part, form=form, others=listed), status


@folders.route("/<part_id>/overnemen/<row:source_id>", methods=["GET", "POST"])
@login_required
def take_over(course_id: int, part_id: str, source_id: int) -> ResponseReturnValue:
    """Asks whether a course is to give what course `source_id` gives of a part, and makes that a version."""
    course, part = found_or_404(course_id, part_id)
    source = course_or_404(source_id)
    editable(course)
    own, opened = source.variants.get(part_id), host().versions.opened(course, part_id)
    if own is None or opened is None or source.programme != course.programme:
        abort(404)
    form, who = ActionForm(), me().name
    if form.validate_on_submit():
        deed = by_me(What.TEXT_TAKEN_OVER, course, part.title)
        saved = change(
            lambda: host().versions.share(source, part_id, course, who=who),
            lambda done: deed if done else Unlogged.NOTHING,
        )
        if saved is not None:
            tell(saved)
        return redirect(url_for("texts.versions", course_id=course_id, part_id=part_id))
    return render_template(
        "organiser/take_over.html",
        course=course,
        part=part,
        form=form,
        source=source,
        comparison=host().offload(compare, opened.source, own.source),
        minutes=(minutes(opened.source), minutes(own.source)),
    )


@folders.get("/map.zip")
@login_required
def download(course_id: int) -> ResponseReturnValue:
    """What a course gives, as a folder of Markdown."""
    course = course_or_404(course_id)
    library = host().library
    sources = {part.id: library.source(course, part.id) for part in library.parts(course)}
    texts = {part: source for part, source in sources.items() if source is not None}
    files = host().offload(files_of, host().settings.content_dir, course.programme)
    files |= {
        picture.name: picture.data
        for picture in course.pictures
        if any(picture.name in text for text in texts.values())
    }
    content: bytes = host().offload(pack, course.programme, files, texts)
    stem = stem_of(course.title)
    return as_file(content, "application/zip", f"teksten-{stem}.zip", by_me(What.TEXTS_EXPORTED, course))


@folders.route("/inlezen", methods=["GET", "POST"])
@login_required
def upload(course_id: int) -> ResponseReturnValue:
    """Reads such a folder: everything in it is checked before anything of it is stored."""
    course = editable(course_or_404(course_id))
    form, refused = ActionForm(), ""
    problems: Sequence[Problem] = ()
    if form.validate_on_submit():
        try:
            folder = host().offload(unpack, _sent())
            content, library = host().settings.content_dir, host().library
            _take_in(course, take(library, content, course, folder, host().offload))
            return redirect(url_for("texts.overview", course_id=course_id))
        except FolderRefused as error:
            refused = str(error)
        except TextsRefused as error:
            problems = error.problems
    status = 400 if form.is_submitted() else 200
    page = render_template(
        "organiser/upload.html",
        course=course,
        form=form,
        refused=refused,
        problems=problems[:50],
        more=len(problems) - 50,
        megabytes=MOST_PACKED // 1024 // 1024,
    )
    return page, status


def _sent() -> bytes:
    file = request.files.get("map")
    if file is None or not file.filename:
        raise FolderRefused("Kies eerst een zip-bestand.")
    return file.stream.read(MOST_PACKED + 1)


def _take_in(course: Course, folder: Taken) -> None:
    """Saves the texts of a sound folder, all or none, and says what became of each."""
    versions, who = host().versions, me().name

    def work() -> list[tuple[str, Saved | Refused | Conflict, bool]]:
        found = []
        add(course, folder.pictures)
        db.session.flush()
        for part, text in folder.texts.items():
            latest = versions.opened(course, part)
            before = latest.number if latest else 0
            seen = versions.began_with(course, part, folder.origins.get(part, ""))
            outcome = versions.save(course, part, text, seen=seen, who=who, note="Ingelezen uit een map")
            is_new = not isinstance(outcome, Refused) and outcome.number != before
            found.append((part, outcome, is_new))
        return found

    # All of these go along in one cookie.
    titles = {part.id: shortened(part.title) for part in host().library.parts(course)}
    outcomes = change(
        work,
        lambda done: [by_me(What.TEXT_IMPORTED, course, titles[part]) for part, _, is_new in done if is_new],
    )
    for part, outcome, is_new in outcomes:
        if isinstance(outcome, Conflict):
            flash(
                f"{titles[part]}: iemand anders veranderde hetzelfde. Kies nog wat het wordt.",
                "warn",
            )
        elif is_new and isinstance(outcome, Saved):
            flash(f"{titles[part]}: ingelezen als versie {outcome.number}.", "ok")
    if not any(is_new for _, _, is_new in outcomes):
        flash("Er is niets nieuws ingelezen. De teksten waren al gelijk.", "info")
    if folder.left:
        flash("De inleiding en de bijlagen zijn niet ingelezen. Die zijn voor alle trajecten gelijk.", "info")

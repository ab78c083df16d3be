"""What trainers take along: the run sheet, the materials, all paper, and the calendar of a meeting."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import login_required

from trainer.curriculum.model import Handout
from trainer.exports import runsheet
from trainer.exports.calendar import Appointment, calendar_file
from trainer.exports.given import Given, moment_of
from trainer.exports.materials import materials as list_materials
from trainer.exports.papers import Paper, Sort, by_sort, chosen, papers, to_read
from trainer.exports.things import Group
from trainer.live.stored import prepared_from_json
from trainer.store.log import Unlogged
from trainer.store.models import UNKNOWN_DAY, Meeting
from trainer.web.accounts import host
from trainer.web.courses import describe
from trainer.web.downloads import as_file, stem_of
from trainer.web.membership import course_or_404, meeting_or_404
from trainer.web.reports.output_forms import GroupForm, copies_asked, copies_typed, group_asked, in_address
from trainer.web.sent import all_typed

outputs = Blueprint("outputs", __name__, url_prefix="/beheer")


@outputs.get("/bijeenkomsten/<meeting_id>/draaiboek")
@login_required
def run_sheet(meeting_id: str) -> ResponseReturnValue:
    """What happens when, who does it and what must be at hand; `?vorm=kort` on one page."""
    meeting = meeting_or_404(meeting_id)
    given = given_of(meeting)
    if given is None:
        return _unreadable(meeting)
    return render_template(
        "organiser/run_sheet.html",
        line=describe(host().library, meeting),
        sheet=runsheet.run_sheet(given, host().kinds),
        short=request.args.get("vorm") == "kort",
        expected=given.state.expected,
    )


@outputs.route("/bijeenkomsten/<meeting_id>/materialen", methods=["GET", "POST"])
@login_required
def materials(meeting_id: str) -> ResponseReturnValue:
    """One list of all that must be at hand, for the group that is expected."""
    meeting = meeting_or_404(meeting_id)
    given = given_of(meeting)
    if given is None:
        return _unreadable(meeting)
    form = GroupForm(data=_fields(given))
    if form.validate_on_submit():
        return redirect(url_for("outputs.materials", meeting_id=meeting_id, **form.asked()))
    group = form.group() if form.is_submitted() else _group(given)
    page = render_template(
        "organiser/materials.html",
        line=describe(host().library, meeting),
        form=form,
        group=group,
        found=list_materials(given, group),
        papers=[paper for paper in papers(given, host().kinds, _handouts(meeting), group) if paper.copies],
    )
    return page, 400 if form.errors else 200


@outputs.route("/bijeenkomsten/<meeting_id>/papier", methods=["GET", "POST"])
@login_required
def paper(meeting_id: str) -> ResponseReturnValue:
    """Chooses what is printed for a meeting, and for how many people."""
    meeting = meeting_or_404(meeting_id)
    given = given_of(meeting)
    if given is None:
        return _unreadable(meeting)
    form = GroupForm(data=_fields(given))
    group = form.group() if form.is_submitted() else _group(given)
    found = papers(given, host().kinds, _handouts(meeting), group)
    copies, wrong = copies_typed(found)
    if form.validate_on_submit() and not wrong:
        if form.again.data or form.is_other():
            flash("De aantallen zijn opnieuw berekend.", "ok")
            return redirect(url_for("outputs.paper", meeting_id=meeting_id, **form.asked()))
        asked: dict[str, Any] = {
            each.key: copies[each.key] for each in found if copies.get(each.key, each.copies) != each.copies
        }
        return redirect(url_for("outputs.print_job", meeting_id=meeting_id, **form.asked(), **asked))
    page = render_template(
        "organiser/papers.html",
        line=describe(host().library, meeting),
        form=form,
        group=group,
        found=by_sort(found if form.is_submitted() else chosen(found, copies_asked(found))),
        typed=all_typed(),
        wrong=wrong,
        sorts=Sort,
    )
    return page, 400 if form.errors or wrong else 200


@outputs.get("/bijeenkomsten/<meeting_id>/papier/pakket")
@login_required
def print_job(meeting_id: str) -> ResponseReturnValue:
    """All chosen paper of a meeting on one page, to be printed at once."""
    meeting = meeting_or_404(meeting_id)
    given = given_of(meeting)
    if given is None:
        return _unreadable(meeting)
    group, kinds = _group(given), host().kinds
    found = papers(given, kinds, _handouts(meeting), group)
    asked = copies_asked(found)
    wanted = [each for each in chosen(found, asked) if each.copies]
    # Of the address only what we know: anything else could be a setting of `url_for`.
    known: dict[str, Any] = {**in_address(group), **asked}
    return render_template(
        "organiser/print_job.html",
        back=url_for("outputs.paper", meeting_id=meeting_id, **known),
        line=describe(host().library, meeting),
        group=group,
        wanted=by_sort(wanted),
        rendered={each.key: _rendered(each) for each in wanted if each.step},
        reading=[(step, host().papers.paper(kinds[step.kind], step)) for step in to_read(given, kinds)],
        sorts=Sort,
    )


@outputs.get("/bijeenkomsten/<meeting_id>/agenda.ics")
@login_required
def calendar(meeting_id: str) -> ResponseReturnValue:
    """A meeting for a calendar; 404 when its day is unknown."""
    meeting = meeting_or_404(meeting_id)
    found = _appointment(meeting)
    if found is None:
        abort(404)
    return _calendar([found], found.title, f"{meeting.course.title} {meeting.part}")


@outputs.get("/trajecten/<row:course_id>/agenda.ics")
@login_required
def course_calendar(course_id: int) -> ResponseReturnValue:
    """All meetings of a course for a calendar."""
    course = course_or_404(course_id)
    found = [each for each in map(_appointment, course.meetings) if each]
    return _calendar(found, course.title, course.title)


def given_of(meeting: Meeting) -> Given | None:
    """A meeting as it will be given, or was; None while its text cannot be read."""
    part = host().library.given(meeting)
    if part is None:
        return None
    zone = host().settings.timezone
    begins = None if meeting.date == UNKNOWN_DAY else moment_of(meeting.date, meeting.start, zone)
    return Given(part, prepared_from_json(meeting.state, part), begins)


def _unreadable(meeting: Meeting) -> ResponseReturnValue:
    return render_template("organiser/unreadable.html", line=describe(host().library, meeting)), 409


def _handouts(meeting: Meeting) -> tuple[Handout, ...]:
    programme = host().library.programme(meeting.course.programme)
    return programme.handouts if programme else ()


def _group(given: Given) -> Group:
    """The group that the address says, and else the one that is expected: all of it without phones."""
    expected = given.state.expected
    return group_asked(request.args, Group(expected, expected))


def _fields(given: Given) -> Mapping[str, int | None]:
    group = _group(given)
    return {"people": group.people or None, "without": group.without if group.people else None}


def _rendered(paper: Paper) -> str:
    assert paper.step is not None
    kind = host().kinds[paper.step.kind]
    if paper.sort is Sort.POSTER:
        return host().papers.poster(kind, paper.step)
    return host().papers.paper(kind, paper.step, paper.people)


def _appointment(meeting: Meeting) -> Appointment | None:
    """A meeting as a calendar knows it; None when nobody knows on which day it is."""
    given = given_of(meeting)
    if meeting.date == UNKNOWN_DAY:
        return None
    line = describe(host().library, meeting)
    begins = moment_of(meeting.date, meeting.start, host().settings.timezone)
    base = host().settings.base_url
    return Appointment(
        meeting.id,
        f"{meeting.course.title}: {line.title}",
        begins,
        (given.ends if given else None) or begins,
        meeting.course.place,
        given.part.goal if given else "",
        base + url_for("organiser.meeting", meeting_id=meeting.id) if base else "",
    )


def _calendar(found: list[Appointment], title: str, file: str) -> ResponseReturnValue:
    content = calendar_file(found, title, host().clock.now())
    return as_file(content, "text/calendar", f"{stem_of(file)}.ics", Unlogged.PLAIN)

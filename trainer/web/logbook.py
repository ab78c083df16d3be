"""The log, for organisers: what organisers and trainers did, by day."""

import re
from itertools import groupby
from operator import attrgetter

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trainer.exports.csv import table
from trainer.store.log import Line, What, courses, lines
from trainer.web.accounts import host, me
from trainer.web.deeds import by_me
from trainer.web.downloads import as_file
from trainer.web.forms import ActionForm
from trainer.web.membership import organiser_only
from trainer.web.sent import typed

blueprint = Blueprint("logbook", __name__, url_prefix="/beheer")

LINES_A_PAGE = 100
HEADER = ("dag", "wie", "wat", "waarover", "traject", "hoe vaak")
# What follows on a name.
WORDS = {
    What.COURSE_MADE: "maakte het traject",
    What.COURSE_CHANGED: "veranderde het traject",
    What.COURSE_COPIED: "maakte het traject als kopie",
    What.COURSE_ARCHIVED: "zette het traject in het archief",
    What.COURSE_TAKEN_OUT: "haalde het traject uit het archief",
    What.COURSE_DELETED: "verwijderde het traject",
    What.MEETING_PLANNED: "voegde een bijeenkomst toe",
    What.MEETING_MOVED: "bewaarde datum en tijd van een bijeenkomst",
    What.MEETING_TRAINERS: "koos de trainers van een bijeenkomst",
    What.MEETING_OPENED: "opende een bijeenkomst",
    What.MEETING_TAKEN_BACK: "maakte het openen van een bijeenkomst ongedaan",
    What.MEETING_CLOSED: "sloot een bijeenkomst",
    What.MEETING_DELETED: "verwijderde een bijeenkomst",
    What.TEXT_SAVED: "bewaarde een tekst",
    What.TEXT_RESTORED: "zette een oude versie van een tekst terug",
    What.TEXT_NATIONAL: "ging terug naar de landelijke tekst",
    What.TEXT_SHARED: "gaf het traject de tekst van een ander traject",
    What.TEXT_TAKEN_OVER: "nam een tekst van een ander traject over",
    What.TEXT_IMPORTED: "las een tekst in",
    What.TEXTS_EXPORTED: "bewaarde alle teksten als map",
    What.PICTURE_ADDED: "zette een foto bij het traject",
    What.PICTURE_REMOVED: "haalde een foto weg",
    What.TRAINER_INVITED: "maakte een link voor een nieuwe trainer",
    What.ORGANISER_INVITED: "maakte een link voor een nieuwe organisator",
    What.ACCOUNT_MADE: "maakte een account",
    What.ACCOUNT_REMOVED: "verwijderde een account",
    What.COURSE_JOINED: "werd trainer van het traject",
    What.PASSWORD_CHANGED: "veranderde een wachtwoord",
    What.RESET_LINK: "maakte een link voor een nieuw wachtwoord",
    What.PASSWORD_RESET: "kreeg een nieuw wachtwoord",
    What.LOGGED_OUT: "logde overal uit",
    What.FACTOR_ON: "zette inloggen in twee stappen aan",
    What.FACTOR_OFF: "zette inloggen in twee stappen uit",
    What.SPARE_CODES: "maakte nieuwe reservecodes",
    What.LOCATION_MADE: "maakte een locatie",
    What.LOCATION_RENAMED: "gaf een locatie een andere naam",
    What.LOCATION_REMOVED: "verwijderde een locatie",
    What.COURSE_GIVEN: "gaf het traject aan een locatie",
    What.ORGANISER_MOVED: "verplaatste een organisator",
    What.SHARED_TAKEN_BACK: "nam terug wat met de groep gedeeld was",
    What.LINK_MADE: "maakte een link naar het plan",
    What.LINK_WITHDRAWN: "trok een link naar het plan in",
    What.EVALUATION_TAKEN: "downloadde een evaluatie",
    What.REPORT_TAKEN: "downloadde een verslag",
    What.COMPARISON_TAKEN: "downloadde een vergelijking",
    What.PLAN_TAKEN: "downloadde het plan",
    What.LOG_TAKEN: "downloadde het logboek",
    What.BACKUP_MADE: "maakte een back-up",
    What.BACKUP_RESTORED: "zette een back-up terug",
}


@blueprint.route("/logboek", methods=["GET", "POST"])
@organiser_only
def page() -> ResponseReturnValue:
    """The log, of one course with `?traject=`, from page `?pagina=`; a choice leads to such an address."""
    if ActionForm().validate_on_submit():
        return redirect(url_for("logbook.page", traject=_number(typed("traject")) or None))
    known, asked = courses(me().location_id), _number(request.args.get("traject", ""))
    if asked and asked not in dict(known):
        abort(404)
    number = _number(request.args.get("pagina", "")) or 1
    found = lines(me().location_id, asked or None, limit=LINES_A_PAGE + 1, offset=(number - 1) * LINES_A_PAGE)
    return render_template(
        "organiser/log.html",
        days=[(day, list(some)) for day, some in groupby(found[:LINES_A_PAGE], attrgetter("day"))],
        words=WORDS,
        courses=known,
        asked=asked,
        number=number,
        more=len(found) > LINES_A_PAGE,
        kept=host().settings.log_days,
    )


@blueprint.get("/logboek.csv")
@organiser_only
def file() -> ResponseReturnValue:
    """The same as a file: all of it, or all of one course."""
    asked = _number(request.args.get("traject", ""))
    if asked and asked not in dict(courses(me().location_id)):
        abort(404)
    content = table(HEADER, map(_row, lines(me().location_id, asked or None)))
    return as_file(content, "text/csv", "logboek.csv", by_me(What.LOG_TAKEN))


def _row(line: Line) -> tuple[str, ...]:
    what = WORDS.get(line.what, line.what)  # type: ignore[call-overload]
    return line.day.isoformat(), line.who, what, line.about, line.course, str(line.times)


def _number(text: str) -> int:
    """A number in an address or a form; 0 where there is none."""
    return int(text) if re.fullmatch(r"[1-9][0-9]{0,8}", text) else 0

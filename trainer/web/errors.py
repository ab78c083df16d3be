"""Error pages: in Dutch, saying what to do, with a way back."""

import re
from typing import Any

from flask import Flask, render_template, request, session
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException

from trainer.library.folders import MEGABYTE
from trainer.meetings.room import MeetingUnreadable
from trainer.store.accounts import AccountGone
from trainer.store.database import DatabaseBusy
from trainer.store.health import explain, where
from trainer.store.writer import NotSaved
from trainer.web.accounts import host
from trainer.web.live import this_phone
from trainer.web.security import MOST_SENT_TO, takes_files

PAGES = {
    404: ("Deze pagina is er niet", "Misschien is het adres verkeerd, of mag je deze pagina niet zien."),
    413: ("Te groot", "Wat je stuurde is te groot."),
    429: ("Even wachten", "Dat ging te snel achter elkaar. Wacht een minuut en probeer het opnieuw."),
    500: ("Er ging iets mis", "Dat ligt niet aan jou. Probeer het nog eens."),
}
OF_A_MEETING = re.compile(r"/(?:regie|scherm)/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?=/|$)")
OTHERWISE = ("Dat kan hier niet", "Ga terug naar de vorige pagina en probeer het daar opnieuw.")


def init_errors(app: Flask) -> None:
    """Registers a page for every kind of error, and keeps what people wrote out of the log."""

    def log_failure(found: Any) -> None:
        # Log neither the message nor the URL: they may hold what somebody wrote, or a meeting's secret.
        app.logger.error("a page could not be made: %s", where(found[1]))

    def no_database(error: DBAPIError) -> ResponseReturnValue:
        app.logger.error("the database refused: %s", explain(error))
        message = (
            "Er is niets veranderd. Wacht even en probeer het opnieuw. Helpt dat niet? Vraag de beheerder."
        )
        return _page("Opslaan of lezen lukt nu niet", message), 503

    app.log_exception = log_failure  # type: ignore[assignment, method-assign]
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(DatabaseBusy, _not_saved)
    app.register_error_handler(NotSaved, _not_saved)
    app.register_error_handler(DBAPIError, no_database)
    app.register_error_handler(AccountGone, _gone)
    app.register_error_handler(MeetingUnreadable, _unreadable)
    app.register_error_handler(CSRFError, _expired)


def _page(title: str, message: str) -> str:
    return _shown(title, message, *_way_back())


def _shown(title: str, message: str, link: str, link_text: str) -> str:
    return render_template("public/error.html", title=title, message=message, link=link, link_text=link_text)


def _way_back() -> tuple[str, str]:
    """Where this user can go on: trainers in their meeting or courses, phones in their meeting."""
    found = OF_A_MEETING.match(request.path)
    if "_user_id" in session:
        control = f"/regie/{found[1]}" if found else request.path
        return ("/beheer", "Naar je trajecten") if control == request.path else (control, "Naar de regie")
    if request.path.startswith("/scherm"):
        return "/scherm", "Naar het scherm"
    meeting = _meeting_of_phone()
    return (f"/m/{meeting}", "Naar je bijeenkomst") if meeting else ("/", "Naar het begin")


def _meeting_of_phone() -> str:
    """The running meeting that this phone is in; '' when it is in none, or when nobody can tell now."""
    try:
        return next(iter(host().meetings_of(this_phone())), "")
    except DBAPIError:
        return ""


def _gone(error: AccountGone) -> ResponseReturnValue:
    return _page(
        "Dit account is er niet meer", "Iemand heeft het net verwijderd. Er is niets veranderd."
    ), 404


def _refused(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        # A redirect, or a response that was given to `abort`.
        return error
    response = error.get_response()
    title, message = PAGES.get(error.code, OTHERWISE)
    if error.code == 413 and takes_files():
        most = MOST_SENT_TO[request.endpoint or ""] // MEGABYTE
        message = f"Er is niets bewaard. Kies een bestand van hoogstens {most} MB."
        response.set_data(_shown(title, message, request.path, "Kies een ander bestand"))
    else:
        response.set_data(_page(title, message))
    return response


def _not_saved(error: Exception) -> ResponseReturnValue:
    message = "Opslaan lukt nu niet. Er is niets veranderd. Wacht even en probeer het opnieuw."
    return _page("Niet opgeslagen", message), 503


def _unreadable(error: MeetingUnreadable) -> ResponseReturnValue:
    message = "Wat hiervan bewaard is, is beschadigd. Andere bijeenkomsten gaan door. Vraag de beheerder."
    return _page("Deze bijeenkomst kan niet gelezen worden", message), 503


def _expired(error: CSRFError) -> ResponseReturnValue:
    message = "Deze pagina stond te lang open. Ga terug, ververs de pagina en probeer het opnieuw."
    return _page("Deze pagina is verlopen", message), 400

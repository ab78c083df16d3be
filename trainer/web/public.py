"""Joining: a typed code or scanned QR, a short text on what is kept, and a token for the phone."""

import logging
from functools import cache
from typing import Any

from flask import Blueprint, jsonify, make_response, redirect, render_template, request, url_for
from markupsafe import Markup
from sqlalchemy.exc import DBAPIError
from werkzeug.wrappers import Response

from trainer.config import ROOT
from trainer.cookies import PHONE, shared
from trainer.curriculum.render import render
from trainer.meetings.door import Answer
from trainer.meetings.room import Room
from trainer.store.codes import read_code
from trainer.store.health import explain, is_current
from trainer.store.keys import new_token
from trainer.store.models import Meeting, db
from trainer.web import security_txt
from trainer.web.accounts import host
from trainer.web.live import let_in, this_phone
from trainer.web.security import answers_with, from_our_pages
from trainer.web.sent import typed

log = logging.getLogger(__name__)
blueprint = Blueprint("public", __name__)

# Longer than any meeting stays open; a phone gets a new token for each meeting.
COOKIE_SECONDS = 2 * 24 * 3600

NO_SUCH_CODE = "Deze code klopt niet. Kijk nog eens naar het scherm."
LONGER = "De code is nu langer. Typ alle tekens die op het scherm staan."


@blueprint.app_context_processor
def _meeting_of_phone() -> dict[str, Any]:
    return {
        "meeting_of_phone": lambda: next(iter(host().meetings_of(this_phone())), ""),
        "has_security_txt": bool(_security_txt()),
    }


def _security_txt() -> str:
    return security_txt.text(host().settings, host().clock.now().date())


def find_by_code(typed: str) -> tuple[str | None, str]:
    """(meeting id, '') for a correct code, otherwise (None, a message that says what to do)."""
    code = read_code(typed)
    if code is None:
        return None, NO_SUCH_CODE
    long = bool(code[1])
    if not host().codes.may_look_up(long):
        return None, LONGER
    found = host().meeting_with_code(*code)
    if found is None:
        return None, NO_SUCH_CODE
    host().codes.was_right(long)
    return found, ""


@blueprint.route("/", methods=["GET", "POST"])
@from_our_pages
def start() -> str | Response | tuple[str, int]:
    """Where a participant types the code of a meeting."""
    if request.method == "GET":
        return render_template("public/join.html", code="", error="")
    code = typed("code")
    meeting_id, error = find_by_code(code)
    if meeting_id is None:
        return render_template("public/join.html", code=code[:20], error=error), 422
    room = host().room(meeting_id)
    assert room is not None
    if host().is_participant(room.id, this_phone()):
        return redirect(url_for("live.phone", meeting_id=room.id))
    secret = room.record.secret
    address = url_for("public.join", secret=secret)
    if host().joining.waits(room, this_phone()):
        return redirect(address)
    page = make_response(_consent(room, secret, address=address))
    return answers_with(page, "public.join", address)


def _room_of(secret: str) -> Room | None:
    meeting_id = host().meeting_for(secret)
    return host().room(meeting_id) if meeting_id else None


@blueprint.get("/j/<secret>")
def join(secret: str) -> str | Response | tuple[str, int]:
    """Where the QR code leads: asks whether to take part, and says what is kept."""
    room = _room_of(secret)
    if room is None:
        return render_template("public/closed.html"), 404
    if host().is_participant(room.id, this_phone()):
        return redirect(url_for("live.phone", meeting_id=room.id))
    token = this_phone()
    if host().joining.waits(room, token):
        answer = host().joining.knock(room.id, token)
        if answer is not Answer.UNKNOWN:
            return _answer(room, secret, token, answer)
    return _consent(room, secret)


def _consent(room: Room, secret: str, **more: str) -> str:
    # Read from the database, not the room: the organiser may have edited it since the meeting was opened.
    course = db.session.get_one(Meeting, room.id).course
    return render_template(
        "public/consent.html",
        secret=secret,
        part_title=room.part.title,
        course=course,
        rehearsal=room.record.rehearsal,
        elsewhere=[f"{base}/j/{secret}" for base in host().elsewhere(request.host_url)],
        plain_http=not request.is_secure and request.host.split(":")[0] not in ("localhost", "127.0.0.1"),
        **more,
    )


@blueprint.post("/j/<secret>")
@from_our_pages
def take_part(secret: str) -> Response | tuple[str, int]:
    """Lets a phone in, or shows it that it has to wait."""
    room = _room_of(secret)
    if room is None:
        return render_template("public/closed.html"), 404
    # A new token for each meeting, so that nothing links the phone's meetings to each other.
    sent = this_phone()
    token = sent if host().is_participant(room.id, sent) or host().joining.waits(room, sent) else new_token()
    answer = host().joining.knock(room.id, token, anew=True)
    # The browser is about to drop its old token, without which no one could leave those meetings.
    before = host().meetings_of(sent) if answer is not Answer.OVER and token != sent else []
    for other in before:
        host().leave(other, sent)
    response = make_response(_answer(room, secret, token, answer))
    for other in before:
        host().cookies.take_back(response, shared(other))
    return response


@blueprint.get("/j/<secret>/deur")
def ask_again(secret: str) -> Response:
    """Polled by the page of a waiting phone; a phone that never pressed the button gets UNKNOWN."""
    room = _room_of(secret)
    token = this_phone()
    if room is None:
        return jsonify(answer=Answer.OVER, word="")
    answer = host().joining.knock(room.id, token)
    return jsonify(answer=answer, word=host().joining.word(room, token))


def _answer(room: Room, secret: str, token: str, answer: Answer) -> Response | tuple[str, int]:
    """The response to a phone that asked to come in. One that waits gets its token too, to keep its place."""
    if answer is Answer.OVER:
        return render_template("public/closed.html"), 410
    if answer is Answer.IN:
        response = let_in(room, token)
    else:
        page = render_template(
            "public/waiting.html",
            answer=answer,
            word=host().joining.word(room, token),
            secret=secret,
            part_title=room.part.title,
            rehearsal=room.record.rehearsal,
        )
        response = make_response(page, 202)
    host().cookies.give(response, PHONE, token, COOKIE_SECONDS)
    return response


@blueprint.get("/verlaten")
def left() -> str:
    """What somebody sees who left a meeting, or whose rehearsal is over."""
    return render_template("public/left.html", rehearsal="oefening" in request.args)


@cache
def _document(name: str) -> tuple[str, Markup]:
    """The title of one of our Dutch documents, and the rest of it as HTML."""
    title, _, text = (ROOT / "docs" / f"{name}.md").read_text("utf-8").partition("\n")
    return title.removeprefix("# "), render(text)


@blueprint.get("/privacy")
def privacy() -> str:
    """The full text on what is kept and who sees it; public."""
    title, text = _document("privacy")
    return render_template("public/document.html", title=title, text=text)


@blueprint.get("/toegankelijkheid")
def accessibility() -> str:
    """The statement on accessibility: what was tested and what was not; public."""
    title, text = _document("toegankelijkheid")
    return render_template("public/document.html", title=title, text=text)


@blueprint.get("/.well-known/security.txt")
def reporting() -> Response:
    """Whom to tell of a way in (RFC 9116); 404 where nobody set it, or where it has expired."""
    lines = _security_txt()
    return Response(lines or security_txt.UNSET, 200 if lines else 404, mimetype="text/plain")


@blueprint.get("/healthz")
def healthz() -> Response:
    """Liveness: the process answers."""
    return jsonify(status="ok")


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Readiness: database, migrations, saving and curriculum, without revealing their contents."""
    checks = {
        "database": False,
        "migrations": False,
        "saving": not host().writer.failing,
        "curriculum": bool(host().library.programmes),
    }
    try:
        checks["migrations"] = is_current(host().engine)
        checks["database"] = True
    except DBAPIError as error:
        log.error("the database cannot be read: %s", explain(error))
    ready = all(checks.values())
    return jsonify(status="ok" if ready else "not ready", checks=checks), 200 if ready else 503

"""The pages of a running meeting: control, screen, phone, and hand-outs."""

import hashlib
from io import BytesIO
from typing import Any

from flask import (
    Blueprint,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask import Response as FlaskResponse
from flask_login import login_required
from sqlalchemy import select
from werkzeug.wrappers import Response

from trainer.cookies import PHONE, shared
from trainer.curriculum.files import DRAWINGS, Missing, Unfit, image_type, read_image
from trainer.live.audience import Audience, Role
from trainer.meetings.messages import mark
from trainer.meetings.room import Room
from trainer.meetings.signals import TRAINERS_ROLES
from trainer.store.access import leads
from trainer.store.models import Course, CoursePicture, Meeting, db
from trainer.web.accounts import host, me, shown_names, today
from trainer.web.assets import behaviours
from trainer.web.keepsakes import may_read, with_key
from trainer.web.membership import meeting_or_404
from trainer.web.notebook import book_of
from trainer.web.security import answers_with, from_our_pages

blueprint = Blueprint("live", __name__)


def this_phone() -> str:
    """The token of the phone that sent this request; '' when it has none."""
    return host().cookies.read(request.cookies, PHONE)


def page(room: Room, role: Role, **more: Any) -> str:
    """The page of a role, including its first view; `?plek=` says of which table.

    A phone says so itself when it connects.
    """
    room = host().shown(room.id) or room
    asked = request.args.get("plek", "") if role is not Role.PHONE else ""
    place = asked if room.steps.has_place(asked) else ""
    values = host().messages.values(room, room.audience(Audience(role, place)))
    view = host().messages.drawn(role, values)
    scripts = behaviours(room.kind(step).name for step in room.part.steps())
    # The page holds nothing that its reader sent, because its size would reveal it. That comes by the socket.
    return render_template(
        f"live/{role}_page.html",
        v=values,
        view=view,
        mark=mark(view),
        meeting=room.id,
        place=place,
        is_unknown_place=asked != place,
        behaviours=scripts,
        **more,
    )


def led_room(meeting_id: str) -> Room:
    """A meeting that the logged-in user leads.

    Aborts with 404, or with a 403 page that says what to do when the user manages but does not lead it.
    """
    meeting = meeting_or_404(meeting_id)
    if not leads(me(), meeting):
        abort(make_response(render_template("live/no_trainer.html", meeting=meeting_id), 403))
    room = host().room(meeting_id)
    if room is None:
        abort(404)
    return room


@blueprint.get("/regie/<meeting_id>")
@login_required
def control(meeting_id: str) -> str:
    """The page from which trainers lead a meeting."""
    room = led_room(meeting_id)
    host().leaders.looked(meeting_id, (me().id, shown_names()[me().id]))
    host().signals.notify(meeting_id, TRAINERS_ROLES)
    return page(room, Role.CONTROL)


@blueprint.get("/regie/<meeting_id>/papier")
@login_required
def paper(meeting_id: str) -> str:
    """The printable exercises of a meeting, for a room without phones, and the hand-outs."""
    room = led_room(meeting_id)
    return render_template(
        "live/paper.html",
        part=room.part,
        papers=list(host().papers.of(room)),
        handouts=room.programme.handouts if room.programme else (),
        programme=room.record.programme,
        meeting=room.id,
    )


@blueprint.get("/m/<meeting_id>")
def phone(meeting_id: str) -> str | Response | tuple[str, int]:
    """The page of a participant; after the meeting, what may still be read."""
    room = host().room(meeting_id)
    if room is None:
        return render_template("public/closed.html", not_open=True), 404
    if room.state.phase == "closed":
        if not may_read(db.session.get_one(Meeting, meeting_id), today()):
            return render_template("public/closed.html"), 404
        return page(room, Role.PHONE, book=book_of(room, host().clock.now().date()))
    token = this_phone()
    if not host().is_participant(meeting_id, token):
        return redirect(url_for("public.start"))
    return _page_of_phone(room, token)


def _page_of_phone(room: Room, token: str, **more: Any) -> FlaskResponse:
    book = book_of(room, host().clock.now().date())
    made = page(room, Role.PHONE, lock=host().keys.lock(room.id, token), book=book, **more)
    return with_key(make_response(made), room)


def let_in(room: Room, token: str) -> Response:
    """The answer to a phone that pressed 'Doe mee' and is in: its page, without asking for it again."""
    address = url_for("live.phone", meeting_id=room.id)
    return answers_with(_page_of_phone(room, token, address=address), "live.phone", address)


@blueprint.post("/m/<meeting_id>/verlaten")
@from_our_pages
def leave(meeting_id: str) -> Response:
    """A phone leaves: afterwards nobody can tell that it took part, and it cannot come back as itself."""
    token = this_phone()
    host().leave(meeting_id, token)
    response = Response(status=204)
    room = host().room(meeting_id)
    if room is not None and ("gesloten" not in request.args or room.state.phase != "closed"):
        host().cookies.take_back(response, shared(meeting_id))
    # Keep the cookie if another page of this phone has since joined another meeting.
    if not host().meetings_of(token):
        host().cookies.take_back(response, PHONE)
    return response


@blueprint.get("/programma/<programme_id>/bijlage/<handout_id>")
def handout(programme_id: str, handout_id: str) -> str:
    """A handout of a programme, for everybody."""
    programme = host().library.programme(programme_id)
    found = next((h for h in programme.handouts if h.id == handout_id), None) if programme else None
    if found is None or programme is None:
        abort(404)
    return render_template("public/handout.html", handout=found, programme=programme)


def own_picture(programme_id: str, name: str) -> bytes | None:
    """The picture of a course that follows the programme; whoever knows its name may see it."""
    of_programme = select(CoursePicture.data).join(Course).where(Course.programme == programme_id)
    return db.session.scalar(of_programme.where(CoursePicture.name == name).limit(1))


@blueprint.get("/programma/<programme_id>/<name>")
@blueprint.get(f"/programma/<programme_id>/{DRAWINGS}/<name>", defaults={"folder": (DRAWINGS,)})
def image(programme_id: str, name: str, folder: tuple[str, ...] = ()) -> Response:
    """An image file stored beside a programme's Markdown, one of its drawings, or a course's own picture."""
    mimetype = image_type(name)
    if host().library.programme(programme_id) is None or mimetype is None:
        abort(404)
    try:
        data = read_image(host().settings.content_dir, (programme_id, *folder, name))
    except Missing:
        data = (not folder and own_picture(programme_id, name)) or abort(404)
    except Unfit:
        abort(404)
    response = send_file(BytesIO(data), mimetype, etag=hashlib.sha256(data).hexdigest()[:16])
    # An SVG can be opened as a page of its own: give it none of our origin's rights, but its own colours.
    style = "; style-src 'unsafe-inline'" if folder else ""
    response.headers["Content-Security-Policy"] = f"default-src 'none'{style}; sandbox"
    return response

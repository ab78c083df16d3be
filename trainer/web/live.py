"""The pages of a running meeting: control, screen, phone, and what people take home."""

from flask import (
    Blueprint,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    send_from_directory,
    url_for,
)
from flask_login import current_user, login_required
from werkzeug.wrappers import Response

from trainer.host import Host
from trainer.room import Room
from trainer.store.access import may_lead
from trainer.store.keys import PHONE_COOKIE
from trainer.web.assets import kind_files

blueprint = Blueprint("live", __name__)
IMAGES = {".png", ".jpg", ".jpeg", ".webp", ".gif", ".svg"}


def host() -> Host:
    found: Host = current_app.extensions["kwartier"]
    return found


def _page(room: Room, role: str) -> str:
    name = current_user.name if current_user.is_authenticated else ""
    values = getattr(host().views, f"{role}_values")(room, 0, name)
    # Of what somebody sent nothing is in the page: its size would tell. It comes by the socket.
    return render_template(
        f"live/{role}_page.html",
        v=values,
        meeting=room.id,
        kind_styles=kind_files("style.css"),
        behaviours=kind_files("behaviour.js"),
    )


def _led_room(meeting_id: str) -> Room:
    room = host().room(meeting_id) if may_lead(current_user, meeting_id) else None
    if room is None:
        abort(404)
    return room


@blueprint.get("/regie/<meeting_id>")
@login_required
def control(meeting_id: str) -> str:
    return _page(_led_room(meeting_id), "control")


@blueprint.get("/scherm/<meeting_id>")
@login_required
def screen(meeting_id: str) -> str:
    return _page(_led_room(meeting_id), "screen")


@blueprint.get("/regie/<meeting_id>/papier")
@login_required
def paper(meeting_id: str) -> str:
    """The exercises of a meeting on paper, for a room without phones, and the hand-outs."""
    room = _led_room(meeting_id)
    return render_template(
        "live/paper.html",
        part=room.part,
        papers=host().views.papers(room),
        handouts=room.programme.handouts if room.programme else (),
        programme=room.record.programme,
        meeting=room.id,
        kind_styles=kind_files("style.css"),
    )


@blueprint.get("/m/<meeting_id>")
def phone(meeting_id: str) -> str | Response:
    room = host().room(meeting_id)
    if room is None:
        abort(404)
    token = request.cookies.get(PHONE_COOKIE, "")
    if room.state.phase != "closed" and not host().is_participant(meeting_id, token):
        return redirect(url_for("public.start"))
    return _page(room, "phone")


@blueprint.get("/programma/<programme_id>/bijlage/<handout_id>")
def handout(programme_id: str, handout_id: str) -> str:
    programme = host().library.get(programme_id)
    found = next((h for h in programme.handouts if h.id == handout_id), None) if programme else None
    if found is None or programme is None:
        abort(404)
    return render_template("public/handout.html", handout=found, programme=programme)


@blueprint.get("/programma/<programme_id>/<path:name>")
def image(programme_id: str, name: str) -> Response:
    """A picture that stands beside a programme's Markdown."""
    if programme_id not in host().library or not any(name.lower().endswith(suffix) for suffix in IMAGES):
        abort(404)
    return send_from_directory(host().settings.content_dir / programme_id, name)

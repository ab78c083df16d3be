"""The projector's page, for whoever has a pass or leads the meeting; and the code that gives a pass."""

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from trainer.cookies import screen
from trainer.live.audience import Role
from trainer.meetings.onetime import WrongCode
from trainer.meetings.room import Room
from trainer.meetings.screens import PASS_SECONDS
from trainer.meetings.signals import CONTROL_ALONE
from trainer.store.access import Right, grant, holds
from trainer.web.accounts import host, me
from trainer.web.live import led_room, page
from trainer.web.sent import typed

blueprint = Blueprint("screens", __name__, url_prefix="/scherm")


@blueprint.route("", methods=["GET", "POST"])
def enter() -> str | Response | tuple[str, int]:
    """Asks for the code that control shows, and gives a pass for it."""
    if request.method == "GET":
        return render_template("public/screen_code.html", code="", error="")
    code = typed("code")
    try:
        right = host().screens.codes.use(code)
    except WrongCode as error:
        return render_template("public/screen_code.html", code=code[:20], error=str(error)), 422
    host().signals.notify(right.meeting_id, CONTROL_ALONE)
    return _with_pass(redirect(url_for("screens.show", meeting_id=right.meeting_id)), right)


@blueprint.get("/<meeting_id>")
def show(meeting_id: str) -> str | Response:
    """The screen of a meeting. Its socket authenticates with the pass, never with a trainer's session."""
    room = _by_pass(meeting_id)
    if room is not None:
        return page(room, Role.SCREEN)
    if not current_user.is_authenticated:
        return redirect(url_for("screens.enter"))
    room = led_room(meeting_id)
    right = grant(host().engine, me().id, meeting_id, screen=True)
    shown = make_response(page(room, Role.SCREEN))
    return _with_pass(shown, right) if right else shown


def _by_pass(meeting_id: str) -> Room | None:
    """The meeting, if the request carries a pass for its screen that still holds."""
    right = host().screens.read(request.cookies, meeting_id)
    return host().room(meeting_id) if right and holds(host().engine, right) else None


def _with_pass(response: Response, right: Right) -> Response:
    what = screen(right.meeting_id)
    host().cookies.give(response, what, host().screens.signed(right), PASS_SECONDS)
    return response

"""What a group showed and agreed to share, for the phones that were there. Reading it leaves no trace."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from trainer.cookies import shared
from trainer.exports import keepsake
from trainer.store.log import Unlogged
from trainer.store.models import Meeting, db
from trainer.web.accounts import host, today
from trainer.web.courses import describe
from trainer.web.downloads import as_file, stem_of
from trainer.web.keepsakes import DAY, has_key, last_day, may_read, shared_of
from trainer.web.security import from_our_pages
from trainer.web.sent import typed

# In the address of the page just after somebody said that the phone is theirs.
KEPT = "onthouden"

blueprint = Blueprint("shared", __name__, url_prefix="/m/<meeting_id>")


def _shared_meeting(meeting_id: str) -> Meeting | None:
    """The meeting whose group's page this phone may read; None for whatever reason it may not."""
    meeting = db.session.get(Meeting, meeting_id)
    return meeting if meeting and may_read(meeting, today()) and has_key(meeting) else None


def _nothing() -> ResponseReturnValue:
    # The same for every reason: a stranger must not learn which meetings there are.
    return render_template("shared/nothing.html"), 404


@blueprint.get("/gedeeld")
def page(meeting_id: str) -> ResponseReturnValue:
    """What the group shared, to read and to print."""
    meeting = _shared_meeting(meeting_id)
    if meeting is None:
        return _nothing()
    title = describe(host().library, meeting).title
    sections = shared_of(host(), meeting, title)
    return render_template(
        "shared/page.html",
        meeting=meeting,
        title=title,
        sections=sections,
        last=last_day(meeting),
        stays=KEPT in request.args,
    )


@blueprint.get("/gedeeld.txt")
def file(meeting_id: str) -> ResponseReturnValue:
    """The same as a file."""
    meeting = _shared_meeting(meeting_id)
    if meeting is None:
        return _nothing()
    title = describe(host().library, meeting).title
    content = keepsake.render(title, shared_of(host(), meeting, title))
    return as_file(content, "text/plain", f"gedeeld-{stem_of(title)}.txt", Unlogged.PHONE)


@blueprint.post("/gedeeld")
@from_our_pages
def change(meeting_id: str) -> ResponseReturnValue:
    """Keeps it on this phone until its last day, or lets the phone forget it."""
    meeting, asked = _shared_meeting(meeting_id), typed("do")
    address = url_for("shared.page", meeting_id=meeting_id)
    answer = redirect(address, 303)
    if meeting is None:
        return _nothing()
    if asked == "keep":
        seconds = ((last_day(meeting) - today()).days + 1) * DAY
        answer = redirect(f"{address}?{KEPT}", 303)
        host().cookies.give(answer, shared(meeting_id), meeting.shared_key, seconds)
    elif asked == "forget":
        host().cookies.take_back(answer, shared(meeting_id))
    return answer

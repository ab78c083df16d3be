"""A link that was just made: shown once, sent by mail where a mail server is set, and stored nowhere."""

from datetime import date
from typing import Any, cast

from flask import Blueprint, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, StringField, ValidationError

from trainer.bucket import TokenBucket
from trainer.config import ADDRESS
from trainer.store.models import Course, Location, db
from trainer.web.accounts import find_invitation, host, me, today
from trainer.web.fields import required
from trainer.web.forms import Form
from trainer.web.mail import Mail, Outcome
from trainer.web.membership import organiser_only
from trainer.web.sent import typed

blueprint = Blueprint("mailing", __name__)

# By one account: some at once, and then one in twenty seconds.
MAILS_AT_ONCE, MAILS_A_SECOND = 20, 0.05
ITSELF = "Kopieer de link hierboven en stuur hem zelf."
TOLD = {
    Outcome.ADDRESS: "De mailserver neemt dit adres niet aan. Kijk of het klopt.",
    Outcome.LOGIN: f"De mailserver laat Kwartier niet toe. Vraag het de beheerder. {ITSELF}",
    Outcome.AWAY: f"De mailserver is niet te bereiken. {ITSELF}",
    Outcome.UNSAFE: f"De verbinding met de mailserver is niet veilig. Er is niets verstuurd. {ITSELF}",
    Outcome.REFUSED: f"De mailserver neemt de mail niet aan. {ITSELF}",
    Outcome.SILENT: f"De mailserver gaf geen antwoord. Misschien komt de mail nog aan. {ITSELF}",
    Outcome.BUSY: f"Er gaan nu te veel mails tegelijk weg. Wacht even, of doe het zo: {ITSELF}",
}


class MailForm(Form):
    """To whom a link goes that was just made."""

    address = StringField(
        "E-mailadres",
        description="We gebruiken het één keer en bewaren het niet.",
        default="",
        validators=[required("Vul een e-mailadres in.")],
    )
    token = HiddenField()

    def validate_address(self, field: StringField) -> None:
        """Refuses what is not one plain address."""
        if not ADDRESS.fullmatch(field.data or ""):
            raise ValidationError("Dit e-mailadres klopt niet. Kijk het na.")


def mail() -> Mail | None:
    """What sends the mail of the application that serves this request; None where no mail server is set."""
    server = host().settings.smtp
    if server is None:
        return None
    made = current_app.extensions.setdefault("kwartier_mail", Mail(server, host().offload))
    return cast(Mail, made)


def shown(
    token: str,
    until: date,
    course: Course | None,
    location: Location | None,
    form: MailForm | None = None,
    told: Outcome | None = None,
) -> str:
    """The page with a link that makes an account: a trainer of `course`, or else an organiser."""
    values = {"link": whole("auth.welcome", token), "course": course, "location": location, "until": until}
    return render_template("organiser/invited.html", **values, **mailed(token, form, told))


@blueprint.post("/beheer/uitnodigen/mail")
@organiser_only
def invitation() -> ResponseReturnValue:
    """Sends a link that was just made to whoever it is for."""
    needs_mail()
    form, token = MailForm(), typed("token")
    found = find_invitation(token, today())
    if found is None:
        return render_template("auth/gone.html"), 404
    course = db.session.get(Course, found.course_id) if found.course_id is not None else None
    until, link = found.expires, whole("auth.welcome", token)
    title = course.title if course else ""
    told = send(form, "Uitnodiging voor Kwartier", "mail/invitation.txt", until=until, title=title, link=link)
    location = db.session.get(Location, found.location_id) if found.location_id is not None else None
    return shown(token, until, course, location, form, told), status_of(told)


def needs_mail() -> None:
    """Aborts with 404 where no mail server is set."""
    if mail() is None:
        abort(404)


def mailed(token: str, form: MailForm | None = None, told: Outcome | None = None) -> dict[str, Any]:
    """What the page says of mail; nothing where no mail server is set."""
    if mail() is None:
        return {"form": None}
    form = form or MailForm(formdata=None)
    form.token.data, sent_to = token, form.address.data
    if told is Outcome.SENT:
        form.address.data = ""
    return {"form": form, "told": told, "words": TOLD, "sent_to": sent_to}


def send(form: MailForm, subject: str, template: str, **values: Any) -> Outcome | None:
    """Sends a mail to the address in the form; None when the form is not right, which it says itself."""
    sender = mail()
    if sender is None or not form.validate_on_submit():
        return None
    buckets: dict[int, TokenBucket] = current_app.extensions.setdefault("kwartier_mails", {})
    if not buckets.setdefault(me().id, TokenBucket(MAILS_A_SECOND, MAILS_AT_ONCE)).take():
        return Outcome.BUSY
    text = render_template(template, **values)
    # What was read must not be held while a slow server is waited for.
    db.session.rollback()
    return sender.send(form.address.data or "", subject, text)


def status_of(told: Outcome | None) -> int:
    """The status of a page that says what became of a mail."""
    return 200 if told is Outcome.SENT else 400 if told in (None, Outcome.ADDRESS) else 503


def whole(endpoint: str, token: str) -> str:
    """The address of a link, as it is sent to somebody."""
    return (host().public_url or request.host_url.rstrip("/")) + url_for(endpoint, token=token)

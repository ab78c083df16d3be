"""The accounts that an organiser answers for: a link for a new password, and trainers who go."""

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from trainer.store.access import answers_for
from trainer.store.locations import all_locations, belongs, dismiss
from trainer.store.log import What, change
from trainer.store.models import Meeting, User, db
from trainer.store.resets import Held
from trainer.web.accounts import LinkIsGone, host, me, passwords, shown_names
from trainer.web.auth import BUSY
from trainer.web.backoff import TooBusy
from trainer.web.deeds import by_me
from trainer.web.forms import ActionForm, Form, new_password, password_again
from trainer.web.mail import Outcome
from trainer.web.mailing import MailForm, mailed, needs_mail, send, status_of, whole
from trainer.web.membership import organiser_only
from trainer.web.resets import find_reset, make_reset, use_reset
from trainer.web.sent import typed

blueprint = Blueprint("people", __name__)


class NewPasswordForm(Form):
    """A password by a link, which stands for the one of before."""

    password = new_password("Nieuw wachtwoord")
    again = password_again("Nieuw wachtwoord, nog een keer")


@blueprint.get("/beheer/accounts")
@organiser_only
def page() -> ResponseReturnValue:
    """The organisers and trainers of the own location, or those of none."""
    query = select(User).where(belongs(me().location_id))
    found = db.session.scalars(query.options(selectinload(User.meetings).joinedload(Meeting.course)))
    names = shown_names()
    listed = sorted(found, key=lambda each: (names[each.id].casefold(), each.id))
    organisers = [each for each in listed if each.is_organiser and each.location_id == me().location_id]
    return render_template(
        "organiser/accounts.html",
        organisers=organisers,
        trainers=[each for each in listed if each not in organisers],
        names=names,
        locations=all_locations(),
    )


@blueprint.post("/beheer/accounts/<row:user_id>/wachtwoord")
@organiser_only
def link(user_id: int) -> ResponseReturnValue:
    """Makes a link for a new password, shown on this page only."""
    found = _account_or_404(user_id)
    if not ActionForm().validate_on_submit():
        return redirect(url_for("people.page"))
    token = make_reset(found, me())
    held = find_reset(token)
    if held is None:
        abort(404)
    return _shown(token, held)


@blueprint.post("/beheer/accounts/mail")
@organiser_only
def mail() -> ResponseReturnValue:
    """Sends a link that was just made to whoever it is for."""
    needs_mail()
    form, token = MailForm(), typed("token")
    held = find_reset(token)
    if held is None or held.maker is None or held.maker.id != me().id:
        return render_template("auth/gone.html"), 404
    values = {"until": held.expires, "link": whole("people.renew", token)}
    told = send(form, "Nieuw wachtwoord voor Kwartier", "mail/reset.txt", **values)
    # Others may have gone on while a slow server was waited for.
    held = find_reset(token)
    if held is None:
        return render_template("auth/gone.html"), 404
    return _shown(token, held, form, told), status_of(told)


@blueprint.route("/beheer/accounts/<row:user_id>/verwijderen", methods=["GET", "POST"])
@organiser_only
def remove(user_id: int) -> ResponseReturnValue:
    """Asks whether the account of a trainer may go, and deletes it: they are out at once."""
    found = _account_or_404(user_id)
    if found.is_organiser:
        abort(404)
    form, name, back = ActionForm(), shown_names()[user_id], url_for("people.page")
    if form.validate_on_submit():
        change(lambda: dismiss(user_id), by_me(What.ACCOUNT_REMOVED, about=name))
        host().signals.hang_up_strangers()
        flash(f"Het account van {name} is verwijderd.", "ok")
        return redirect(back)
    return render_template("organiser/delete_account.html", form=form, user=found, name=name, back=back)


@blueprint.route("/wachtwoord/<token>", methods=["GET", "POST"])
def renew(token: str) -> ResponseReturnValue:
    """Sets a new password with a link that works once, and leads to the page to log in."""
    held = find_reset(token)
    if held is None:
        return render_template("auth/gone.html"), 404
    form, login = NewPasswordForm(), held.user.login
    if not form.validate_on_submit():
        return _renew_page(form, login, status=400 if form.is_submitted() else 200)
    try:
        with passwords().backoff.checking():
            encoded = host().offload(passwords().hasher.hash, form.password.data)
        use_reset(token, encoded)
    except TooBusy:
        form.form_errors.append(BUSY)
        return _renew_page(form, login, status=503)
    except LinkIsGone:
        return render_template("auth/gone.html"), 404
    flash("Je nieuwe wachtwoord is bewaard. Log er nu mee in.", "ok")
    return redirect(url_for("auth.login"))


def _account_or_404(user_id: int) -> User:
    found = db.session.get(User, user_id)
    if found is None or not answers_for(me(), found):
        abort(404)
    return found


def _shown(token: str, held: Held, form: MailForm | None = None, told: Outcome | None = None) -> str:
    values = {"name": shown_names()[held.user.id], "until": held.expires}
    link = whole("people.renew", token)
    return render_template("organiser/reset_link.html", link=link, **values, **mailed(token, form, told))


def _renew_page(form: NewPasswordForm, login: str, status: int) -> ResponseReturnValue:
    return render_template("auth/renew.html", form=form, login=login), status

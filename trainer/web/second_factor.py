"""The pages on which a second factor is asked for, set up, renewed and turned off."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import Length

from trainer.meetings.fragments import qr_svg
from trainer.store.factors import count_wrong, find_factor, forget_wrong, must_have_one
from trainer.store.log import Unlogged, change
from trainer.store.models import User
from trainer.web.accounts import host, me
from trainer.web.auth import refused, safe_next, wait_message
from trainer.web.backoff import FREE_TRIES
from trainer.web.devices import Device, keep, new_device, this_device
from trainer.web.factors import (
    HasFactor,
    WrongFactor,
    address_of,
    factors,
    is_readable,
    new_secret,
    new_spares,
    read_spare,
    turn_off,
    turn_on,
    use_code,
)
from trainer.web.fields import required
from trainer.web.forms import LONGEST_PASSWORD, Form
from trainer.web.halfway import half_way, is_half_way, let_in
from trainer.web.resets import enter

WRONG = "Deze code klopt niet, of is al gebruikt. Wacht op de volgende code in je app."
NOT_YET = "Deze code klopt niet. Kijk of je de QR-code hebt gescand, en typ de code van nu."
GUESSED = (
    "Bij jouw account zijn te veel foute codes getypt. Wacht vijf minuten, of gebruik een reservecode."
    " Was jij dat niet? Dan kent iemand je wachtwoord."
)
UNREADABLE = "Kwartier kan de codes van je app niet meer controleren. Gebruik een reservecode."
# In the session: the secret that the app has and the account not yet, encrypted.
PENDING = "second-factor"

blueprint = Blueprint("second_factor", __name__)


class CodeForm(Form):
    """A code, on the way in."""

    code = StringField(
        "Code",
        default="",
        validators=[required("Vul de code in."), Length(max=40, message="Deze code is te lang.")],
    )
    next = HiddenField()


class ProofForm(CodeForm):
    """A password and a code: what changes how somebody logs in."""

    password = PasswordField(
        "Je wachtwoord", validators=[required("Vul je wachtwoord in."), Length(max=LONGEST_PASSWORD)]
    )


@blueprint.route("/inloggen/code", methods=["GET", "POST"])
def ask() -> ResponseReturnValue:
    """The second page to log in: asks for a code."""
    if current_user.is_authenticated:
        return redirect(safe_next())
    user = half_way()
    if user is None or find_factor(user.id) is None:
        return _again(request.args.get("next"))
    form = CodeForm()
    device = this_device()
    if device is None:
        keep(new_device())
        again = "Probeer het nog een keer." if form.is_submitted() else ""
        return _ask_page(form, again, status=400 if again else 200)
    if not form.validate_on_submit():
        return _ask_page(form, status=400 if form.is_submitted() else 200)
    return _try_code(form, user, device)


def _try_code(form: CodeForm, user: User, device: Device) -> ResponseReturnValue:
    typed, who = form.code.data or "", f"{user.id} {device.number}"
    # Those are too long to be guessed.
    is_spare = bool(read_spare(typed))
    needs_turn = not is_spare and user.login not in device.logins
    if wait := factors().backoff.wait(who):
        return _ask_page(form, wait_message(wait, "foute code"), status=429)
    if needs_turn and not factors().turns.take(user.login):
        return _ask_page(form, GUESSED, status=429)
    try:
        use_code(user.id, typed)
    except WrongFactor:
        factors().backoff.failed(who)
        if not is_spare:
            change(lambda: count_wrong(user.id), Unlogged.LOGGING_IN)
        return _ask_page(form, WRONG if is_readable(user.id) else UNREADABLE, status=401)
    factors().backoff.succeeded(who)
    if needs_turn:
        factors().turns.give_back(user.login)
    wrong = change(lambda: forget_wrong(user.id), Unlogged.LOGGING_IN)
    keep(device.with_login(user.login))
    enter(user)
    if wrong >= FREE_TRIES:
        flash(f"Er zijn {wrong} foute codes getypt. Was jij dat niet? Verander dan je wachtwoord.", "warn")
    return redirect(safe_next(form.next.data or ""))


@blueprint.route("/account/twee-stappen", methods=["GET", "POST"])
def set_up() -> ResponseReturnValue:
    """Sets up a second factor: for whoever is logged in, and for whoever must have one to get any further."""
    inside = bool(current_user.is_authenticated)
    user = me() if inside else half_way()
    if user is None:
        return _again(request.path)
    if find_factor(user.id) is not None:
        return redirect(url_for("auth.account" if inside else "second_factor.ask"))
    secret = _pending(user.id)
    form = ProofForm() if inside else CodeForm()
    if not form.validate_on_submit():
        return _set_up_page(form, user, secret, status=400 if form.is_submitted() else 200)
    if isinstance(form, ProofForm) and (status := refused(form, form.password)):
        return _set_up_page(form, user, secret, status)
    try:
        codes = turn_on(user.id, secret, form.code.data or "")
    except WrongFactor:
        form.code.errors = [NOT_YET]
        return _set_up_page(form, user, secret, status=400)
    except HasFactor:
        return redirect(url_for("auth.account" if inside else "second_factor.ask"))
    if not inside:
        keep((this_device() or new_device()).with_login(user.login))
    enter(user)
    return _codes_page(codes, safe_next(form.next.data or ""), is_new=True)


def _pending(user_id: int) -> str:
    """The secret of this page, the same for as long as somebody is busy with it; nothing is stored yet."""
    secret = factors().unlock(user_id, session.get(PENDING, ""))
    if secret is None:
        secret = new_secret()
        session[PENDING] = factors().lock(user_id, secret)
    return secret


@blueprint.route("/account/twee-stappen/reservecodes", methods=["GET", "POST"])
@login_required
def renew() -> ResponseReturnValue:
    """Makes other spare codes; those of before are void."""
    form = ProofForm()
    if status := _unproved(form):
        return _proof_page(form, "renew", status)
    return _codes_page(new_spares(me().id), url_for("auth.account"), is_new=False)


@blueprint.route("/account/twee-stappen/uit", methods=["GET", "POST"])
@login_required
def remove() -> ResponseReturnValue:
    """Turns the second factor off; who must have one sets it up again before anything else."""
    form = ProofForm()
    if status := _unproved(form):
        return _proof_page(form, "remove", status)
    turn_off(me().id)
    target = let_in(me(), url_for("auth.account"))
    flash("Inloggen in twee stappen staat uit. Op andere apparaten ben je uitgelogd.", "ok")
    return redirect(target)


def _unproved(form: ProofForm) -> int:
    """0 when the password and a code of this account were sent; otherwise the status of the answer."""
    if not form.validate_on_submit():
        return 400 if form.is_submitted() else 200
    if status := refused(form, form.password):
        return status
    backoff, who = factors().backoff, f"account:{me().id}"
    if wait := backoff.wait(who):
        form.form_errors.append(wait_message(wait, "foute code"))
        return 429
    try:
        use_code(me().id, form.code.data or "")
    except WrongFactor:
        backoff.failed(who)
        form.code.errors = [WRONG if is_readable(me().id) else UNREADABLE]
        return 400
    backoff.succeeded(who)
    return 0


def _again(target: str | None) -> ResponseReturnValue:
    flash("Dat duurde te lang. Log opnieuw in." if is_half_way() else "Log eerst in.", "info")
    return redirect(url_for("auth.login", next=target))


def _ask_page(form: CodeForm, message: str = "", status: int = 200) -> ResponseReturnValue:
    _carry_next(form)
    return render_template("auth/code.html", form=form, message=message), status


def _set_up_page(form: CodeForm, user: User, secret: str, status: int) -> ResponseReturnValue:
    _carry_next(form)
    groups = [secret[at : at + 4] for at in range(0, len(secret), 4)]
    address = address_of(user.login, secret)
    page = render_template(
        "auth/set_up.html", form=form, qr=qr_svg(address), address=address, secret=" ".join(groups)
    )
    return page, status


def _carry_next(form: CodeForm) -> None:
    if request.method == "GET":
        form.next.data = request.args.get("next", "")


def _proof_page(form: ProofForm, what: str, status: int) -> ResponseReturnValue:
    if find_factor(me().id) is None:
        return redirect(url_for("second_factor.set_up"))
    demanded = must_have_one(me(), host().settings.second_factor)
    return render_template("auth/proof.html", form=form, what=what, demanded=demanded), status


def _codes_page(codes: Sequence[str], target: str, *, is_new: bool) -> ResponseReturnValue:
    return render_template("auth/spare_codes.html", codes=codes, target=target, is_new=is_new)

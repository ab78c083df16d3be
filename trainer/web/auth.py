"""Logging in and out, and the invitation links with which people make an account."""

import math

from flask import (
    Blueprint,
    Flask,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required, logout_user
from wtforms import PasswordField

from trainer.meetings.onetime import WRONG, WrongCode
from trainer.names import NameRefused
from trainer.store.models import Invitation
from trainer.web.accounts import (
    LinkIsGone,
    LoginTaken,
    Passwords,
    accept,
    end_sessions,
    find_invitation,
    find_user,
    host,
    join_course,
    login_manager,
    me,
    normalised,
    passwords,
    set_password,
    start_session,
    today,
)
from trainer.web.backoff import TooBusy
from trainer.web.deeds import my_name
from trainer.web.devices import Device, keep, new_device, this_device
from trainer.web.factors import Factors, state_of
from trainer.web.forms import ActionForm, Form, LoginForm, PasswordForm, WelcomeForm
from trainer.web.halfway import is_half_way, let_in

BUSY = "Het is nu druk. Probeer het over een paar seconden opnieuw."
CROWDED = "Er wordt nu vaak geprobeerd om in te loggen. Probeer het zo nog eens, of gebruik een code."

blueprint = Blueprint("auth", __name__)


def init_auth(app: Flask) -> None:
    """Adds authentication to the app: sessions, rate-limited password checks, and the pages."""
    # Strict mode demands a Referer, which pages with a token do not send; the token and SameSite suffice.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    app.extensions["kwartier_passwords"] = Passwords()
    app.extensions["kwartier_factors"] = Factors(str(app.secret_key))
    # The default ties a session to address and browser, which breaks whenever the network changes.
    login_manager.session_protection = None
    login_manager.login_view = "auth.login"
    login_manager.login_message = "Log eerst in."
    login_manager.login_message_category = "info"
    login_manager.init_app(app)
    app.register_blueprint(blueprint)


@blueprint.route("/inloggen", methods=["GET", "POST"])
def login() -> ResponseReturnValue:
    """The page to log in."""
    if current_user.is_authenticated:
        return redirect(safe_next())
    form = LoginForm()
    if request.method == "GET":
        form.next.data = request.args.get("next", "")
    device = this_device()
    if device is None:
        keep(new_device())
        again = "Probeer het nog een keer." if form.is_submitted() else ""
        return _login_page(form, again, status=400 if again else 200)
    if not form.validate_on_submit():
        return _login_page(form, status=400 if form.is_submitted() else 200)
    return _try_login(form, device)


def _try_login(form: LoginForm, device: Device) -> ResponseReturnValue:
    name = normalised(form.login.data or "")
    if form.code.data:
        try:
            device = keep(_proved(device, name, form.code.data))
        except WrongCode as error:
            form.code.errors = [str(error)]
            return _login_page(form, CROWDED, status=400, crowded=True)
    known, who = name in device.logins, f"{name} {device.number}"
    if wait := passwords().backoff.wait(who):
        return _login_page(form, wait_message(wait), status=429)
    if not known and not passwords().turns.take(name):
        return _login_page(form, CROWDED, status=429, crowded=True)
    user = find_user(name)
    try:
        with passwords().backoff.checking(known):
            encoded = user.password_hash if user else None
            right = host().offload(passwords().verify, encoded, form.password.data)
    except TooBusy:
        return _login_page(form, BUSY, status=503)
    if user is None or not right:
        passwords().backoff.failed(who)
        return _login_page(form, "Inlognaam of wachtwoord klopt niet. Probeer het opnieuw.", status=401)
    passwords().backoff.succeeded(who)
    if not known:
        passwords().turns.give_back(name)
    target = let_in(user, safe_next(form.next.data or ""))
    if not is_half_way():
        keep(device.with_login(name))
    return redirect(target)


def _proved(device: Device, name: str, code: str) -> Device:
    """The browser, now known to `name`. Raises WrongCode unless `name` made this code."""
    if passwords().codes.use(code) != name:
        raise WrongCode(WRONG)
    return device.with_login(name)


@blueprint.post("/uitloggen")
@login_required
def logout() -> ResponseReturnValue:
    """Ends all sessions of the account, and leads to the page to log in."""
    end_sessions(me().id)
    logout_user()
    session.clear()
    flash("Je bent uitgelogd, ook op andere apparaten.", "ok")
    return redirect(url_for("auth.login"))


@blueprint.get("/ingelogd")
def present() -> ResponseReturnValue:
    """Tells an open page whether its session has ended."""
    return jsonify(logged_in=current_user.is_authenticated)


@blueprint.route("/account", methods=["GET", "POST"])
@login_required
def account() -> ResponseReturnValue:
    """Changes the password of the logged-in user; their other sessions end."""
    form = PasswordForm()
    if not form.validate_on_submit():
        return _account_page(form, status=400 if form.is_submitted() else 200)
    if status := refused(form, form.current):
        return _account_page(form, status)
    try:
        with passwords().backoff.checking():
            encoded = host().offload(passwords().hasher.hash, form.password.data)
    except TooBusy:
        form.form_errors.append(BUSY)
        return _account_page(form, status=503)
    set_password(me().id, encoded, who=my_name())
    start_session(me())
    flash("Je wachtwoord is veranderd. Op andere apparaten ben je uitgelogd.", "ok")
    return redirect(url_for("auth.account"))


def refused(form: Form, typed: PasswordField) -> int:
    """0 when the password of whoever is logged in was typed; otherwise the form says why not, and this is the
    status of the answer."""
    backoff, counted_as = passwords().backoff, f"account:{me().id}"
    if wait := backoff.wait(counted_as):
        form.form_errors.append(wait_message(wait))
        return 429
    try:
        with backoff.checking():
            right = host().offload(passwords().verify, me().password_hash, typed.data)
    except TooBusy:
        form.form_errors.append(BUSY)
        return 503
    if not right:
        backoff.failed(counted_as)
        typed.errors = ["Dit is niet je wachtwoord van nu. Vul het opnieuw in."]
        return 400
    backoff.succeeded(counted_as)
    return 0


@blueprint.post("/account/code")
@login_required
def device_code() -> ResponseReturnValue:
    """Makes a code with which another browser of the same person can log in without waiting for a turn."""
    if ActionForm().validate_on_submit():
        passwords().codes.make(me().login, me().login)
    return redirect(url_for("auth.account"))


def _account_page(form: PasswordForm, status: int) -> ResponseReturnValue:
    code = passwords().codes.shown(me().login)
    page = render_template(
        "auth/account.html", form=form, code=code, action=ActionForm(), factor=state_of(me().id)
    )
    return page, status


@blueprint.route("/welkom/<token>", methods=["GET", "POST"])
def welcome(token: str) -> ResponseReturnValue:
    """Makes an account with a one-time link, or joins a course with an existing account."""
    invitation = find_invitation(token, today())
    if invitation is None:
        return render_template("auth/gone.html"), 404
    if current_user.is_authenticated:
        for_course = invitation.course_id is not None and not invitation.is_organiser
        return _welcome_known(token, for_course)
    form = WelcomeForm()
    if not form.validate_on_submit():
        return _welcome_page(form, invitation, status=400 if form.is_submitted() else 200)
    try:
        with passwords().backoff.checking():
            encoded = host().offload(passwords().hasher.hash, form.password.data)
        user = accept(
            token, today(), login=form.login.data or "", name=form.name.data or "", password_hash=encoded
        )
    except NameRefused as error:
        form.name.errors = [str(error)]
        return _welcome_page(form, invitation, status=409)
    except LoginTaken:
        form.login.errors = ["Deze inlognaam is al bezet. Kies een andere."]
        return _welcome_page(form, invitation, status=409)
    except LinkIsGone:
        return render_template("auth/gone.html"), 404
    except TooBusy:
        form.form_errors.append(BUSY)
        return _welcome_page(form, invitation, status=503)
    keep(new_device().with_login(user.login))
    target = let_in(user, url_for("organiser.home"))
    flash(f"Welkom, {user.name}. Je account is klaar.", "ok")
    return redirect(target)


def _welcome_known(token: str, for_course: bool) -> ResponseReturnValue:
    form = ActionForm()
    if for_course and form.validate_on_submit():
        try:
            join_course(token, today(), me())
        except LinkIsGone:
            return render_template("auth/gone.html"), 404
        flash("Je bent nu trainer van dit traject.", "ok")
        return redirect(url_for("organiser.home"))
    return render_template("auth/known.html", form=form, for_course=for_course)


def _login_page(
    form: LoginForm, message: str = "", status: int = 200, crowded: bool = False
) -> ResponseReturnValue:
    return render_template("auth/login.html", form=form, message=message, crowded=crowded), status


def _welcome_page(form: WelcomeForm, invitation: Invitation, status: int) -> ResponseReturnValue:
    return render_template("auth/welcome.html", form=form, invitation=invitation), status


def wait_message(seconds: float, what: str = "fout wachtwoord") -> str:
    """What is said to whoever must wait so long after guesses."""
    if seconds > 90:
        return f"Te vaak een {what}. Wacht {math.ceil(seconds / 60)} minuten."
    return f"Te vaak een {what}. Wacht {math.ceil(seconds)} seconden."


def safe_next(target: str = "") -> str:
    """Where to go after logging in: the page that was asked for if it is on this site, else the home page."""
    asked = target or request.args.get("next", "")
    harmless = (
        asked.startswith("/") and not asked.startswith("//") and asked.isprintable() and "\\" not in asked
    )
    return asked if harmless else url_for("organiser.home")

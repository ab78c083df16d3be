"""Logging in and out, and the links by which people make their account."""

import math
import secrets

from flask import (
    Blueprint,
    Flask,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_login import current_user, login_required, logout_user
from itsdangerous import BadSignature, URLSafeSerializer

from trainer.store.models import Invitation, User
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
from trainer.web.forms import ActionForm, LoginForm, PasswordForm, WelcomeForm

BUSY = "Het is nu druk. Probeer het over een paar seconden opnieuw."
DEVICE_COOKIE = "kwartier_bekend"
DEVICE_SECONDS = 365 * 24 * 3600
# For the server as a whole, and for wrong attempts only: a room full of people shares one address, and an
# attacker has many.
WRONG_PASSWORDS = "100 per 10 minutes"

blueprint = Blueprint("auth", __name__)
limiter = Limiter(key_func=lambda: "server", headers_enabled=False)


def init_auth(app: Flask) -> None:
    """Adds logging in to the app: sessions, password checks with their limits, and the pages."""
    # No page sends a Referer, so it cannot be asked for; the token and SameSite cookies do the work.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    app.config.setdefault("RATELIMIT_STORAGE_URI", "memory://")
    app.extensions["kwartier_passwords"] = Passwords()
    limiter.init_app(app)
    # Its default hashes address and browser into the session: that breaks on every change of network.
    login_manager.session_protection = None
    login_manager.login_view = "auth.login"
    login_manager.login_message = "Log eerst in."
    login_manager.login_message_category = "info"
    login_manager.init_app(app)
    app.register_blueprint(blueprint)


@blueprint.route("/inloggen", methods=["GET", "POST"])
@limiter.limit(
    WRONG_PASSWORDS,
    methods=["POST"],
    deduct_when=lambda response: response.status_code == 401,
    exempt_when=lambda: _known_login() == normalised(request.form.get("login", "")),
)
def login() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(_safe_next())
    form = LoginForm()
    if request.method == "GET":
        form.next.data = request.args.get("next", "")
    if not form.validate_on_submit():
        return _login_page(form, status=400 if form.is_submitted() else 200)
    return _try_login(form)


def _try_login(form: LoginForm) -> ResponseReturnValue:
    name = normalised(form.login.data or "")
    # A device that logged in to this account before has a count of its own, so that nobody can keep a
    # trainer out by guessing at the trainer's name.
    counted_as = f"device:{_known_device()}" if _known_login() == name else f"name:{name}"
    backoff = passwords().backoff
    if wait := backoff.wait(counted_as):
        return _login_page(form, _wait_message(wait), status=429)
    user = find_user(name)
    try:
        with backoff.checking():
            encoded = user.password_hash if user else None
            right = host().offload(passwords().verify, encoded, form.password.data)
    except TooBusy:
        return _login_page(form, BUSY, status=503)
    if user is None or not right:
        backoff.failed(counted_as)
        return _login_page(form, "Inlognaam of wachtwoord klopt niet. Probeer het opnieuw.", status=401)
    backoff.succeeded(counted_as)
    target = _safe_next(form.next.data or "")
    start_session(user)
    return _remember_device(redirect(target), user)


@blueprint.post("/uitloggen")
@login_required
def logout() -> ResponseReturnValue:
    end_sessions(me().id)
    logout_user()
    session.clear()
    flash("Je bent uitgelogd, ook op andere apparaten.", "ok")
    return redirect(url_for("auth.login"))


@blueprint.get("/ingelogd")
def present() -> ResponseReturnValue:
    """Lets an open page know whether its session has ended."""
    return jsonify(logged_in=current_user.is_authenticated)


@blueprint.route("/account", methods=["GET", "POST"])
@login_required
def account() -> ResponseReturnValue:
    """The password of who is logged in can be changed here; other sessions end."""
    form = PasswordForm()
    if not form.validate_on_submit():
        return _account_page(form, status=400 if form.is_submitted() else 200)
    backoff, counted_as = passwords().backoff, f"account:{me().id}"
    if wait := backoff.wait(counted_as):
        form.form_errors.append(_wait_message(wait))
        return _account_page(form, status=429)
    try:
        with backoff.checking():
            right = host().offload(passwords().verify, me().password_hash, form.current.data)
            encoded = host().offload(passwords().hasher.hash, form.password.data) if right else ""
    except TooBusy:
        form.form_errors.append(BUSY)
        return _account_page(form, status=503)
    if not right:
        backoff.failed(counted_as)
        form.current.errors = ["Dit is niet je wachtwoord van nu. Vul het opnieuw in."]
        return _account_page(form, status=400)
    backoff.succeeded(counted_as)
    set_password(me().id, encoded)
    start_session(me())
    flash("Je wachtwoord is veranderd. Op andere apparaten ben je uitgelogd.", "ok")
    return redirect(url_for("auth.account"))


def _account_page(form: PasswordForm, status: int) -> ResponseReturnValue:
    return render_template("auth/account.html", form=form), status


@blueprint.route("/welkom/<token>", methods=["GET", "POST"])
def welcome(token: str) -> ResponseReturnValue:
    """Makes an account by a one-time link, or joins a course with the account one has."""
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
    except LoginTaken:
        form.login.errors = ["Deze inlognaam is al bezet. Kies een andere."]
        return _welcome_page(form, invitation, status=409)
    except LinkIsGone:
        return render_template("auth/gone.html"), 404
    except TooBusy:
        form.form_errors.append(BUSY)
        return _welcome_page(form, invitation, status=503)
    start_session(user)
    flash(f"Welkom, {user.name}. Je account is klaar.", "ok")
    return _remember_device(redirect(url_for("organiser.home")), user)


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


@blueprint.errorhandler(429)
def too_many(error: Exception) -> ResponseReturnValue:
    return _login_page(LoginForm(), "Er is te vaak geprobeerd in te loggen. Wacht tien minuten.", status=429)


def _login_page(form: LoginForm, message: str = "", status: int = 200) -> ResponseReturnValue:
    return render_template("auth/login.html", form=form, message=message), status


def _welcome_page(form: WelcomeForm, invitation: Invitation, status: int) -> ResponseReturnValue:
    return render_template("auth/welcome.html", form=form, invitation=invitation), status


def _wait_message(seconds: float) -> str:
    if seconds > 90:
        return f"Te vaak een fout wachtwoord. Wacht {math.ceil(seconds / 60)} minuten."
    return f"Te vaak een fout wachtwoord. Wacht {math.ceil(seconds)} seconden."


def _safe_next(target: str = "") -> str:
    """Where to go after logging in; only to a page of this site."""
    asked = target or request.args.get("next", "")
    harmless = (
        asked.startswith("/") and not asked.startswith("//") and asked.isprintable() and "\\" not in asked
    )
    return asked if harmless else url_for("organiser.home")


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="kwartier-known-device")


def _device() -> tuple[str, str] | None:
    """(login, random number) of the cookie of a device that logged in before."""
    try:
        login_name, number = _serializer().loads(request.cookies.get(DEVICE_COOKIE, ""))
    except (BadSignature, ValueError, TypeError):
        return None
    return str(login_name), str(number)


def _known_device() -> str | None:
    device = _device()
    return device[1] if device else None


def _known_login() -> str | None:
    device = _device()
    return device[0] if device else None


def _remember_device(response: ResponseReturnValue, user: User) -> ResponseReturnValue:
    made = current_app.make_response(response)
    number = _known_device() if _known_login() == user.login else None
    made.set_cookie(
        DEVICE_COOKIE,
        str(_serializer().dumps([user.login, number or secrets.token_urlsafe(12)])),
        max_age=DEVICE_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=bool(current_app.config.get("SESSION_COOKIE_SECURE")),
        path=url_for("auth.login"),
    )
    return made

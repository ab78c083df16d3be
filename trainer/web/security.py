"""Headers on every response, so that a page loads nothing from elsewhere and runs only our own files."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import Flask, Request, Response, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from itsdangerous import SignatureExpired, TimestampSigner, URLSafeTimedSerializer

from trainer.cookies import SESSION, Cookies, sent_once
from trainer.library.folders import MOST_PACKED
from trainer.library.pictures import MOST_BYTES as MOST_PHOTO_BYTES

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

csrf = CSRFProtect()

# Pages whose forms the browser itself submits. On every other page scripts send them, and the CSP forbids the
# browser to: what somebody typed could end up in the URL.
PAGES_WITH_FORMS = frozenset(
    {
        "adding",
        "public",
        "auth",
        "comparing",
        "decisions",
        "folders",
        "harvest",
        "locations",
        "logbook",
        "mailing",
        "organiser",
        "outline",
        "outputs",
        "pictures",
        "people",
        "plan",
        "plan_door",
        "planning",
        "preparing",
        "rehearsals",
        "results",
        "shared",
        "screens.enter",
        "second_factor",
        "steps",
        "texts",
        "whole",
    }
)
# Control has the screen in it, small, and who edits a text has a preview of it. Nothing else of ours is in a
# frame, and nobody else has us in one.
FRAMING = frozenset({"live.control", "steps.show", "whole.show"})
FRAMED = frozenset({"screens.show", "steps.show", "whole.show", "previews.show"})

# Most bytes in a request: in general, and where somebody sends a file (with what the browser adds to it).
MOST_SENT = 1_000_000
MOST_SENT_TO = {"folders.upload": MOST_PACKED + 64 * 1024, "pictures.show": MOST_PHOTO_BYTES + 64 * 1024}

# In the environment of a request: the endpoint whose page is the answer, where that is another one.
PAGE = "kwartier.page"

# Files that are the same for everybody.
SAME_FOR_ALL = ("/static/", "/kinds/")


class _PatientSigner(TimestampSigner):
    """Accepts a cookie dated in the future as a fresh one: the clock has been set back since.

    The base class refuses it, which would log out, mid-meeting, everybody who logged in before the change.
    """

    def unsign(self, signed_value: Any, max_age: Any = None, return_timestamp: bool = False) -> Any:
        unsign: Any = super().unsign
        try:
            return unsign(signed_value, max_age, return_timestamp)
        except SignatureExpired as error:
            if error.date_signed is None or error.date_signed.timestamp() < self.get_timestamp():
                raise
            return unsign(signed_value, None, return_timestamp)


class _Sessions(SecureCookieSessionInterface):
    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        serializer = super().get_signing_serializer(app)
        if serializer is not None:
            serializer.signer = _PatientSigner
        return serializer

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if request.path.startswith(SAME_FOR_ALL):
            # Flask would add `Vary: Cookie`, and a browser fetches it again when it gets another cookie.
            return None
        if not sent_once(request.cookies, self.get_cookie_name(app)):
            return self.session_class()
        return super().open_session(app, request)


def from_our_pages(view: Callable[..., Any]) -> Callable[..., Any]:
    """Guards the POSTs of phones. A CSRF token would need a session, so the browser's headers are checked.

    A request with neither header passes: for years browsers have sent Origin with every cross-site form.
    Raises CSRFError when a POST comes from another site.
    """

    @csrf.exempt
    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if request.method == "POST" and not _is_sent_from_here():
            raise CSRFError("sent from another site")
        return view(*args, **kwargs)

    return guarded  # type: ignore[no-any-return]


def _is_sent_from_here() -> bool:
    # Browsers omit Sec-Fetch-Site over plain HTTP.
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None:
        return site in ("same-origin", "none")
    return origin is None or urlsplit(origin).netloc == request.host


def answers_with(response: Response, endpoint: str, address: str) -> Response:
    """Says that this answer to a form is the page at `address`, which saves a phone a way there and back.

    It gets the headers of that page; `static/js/address.js` lets the browser show its address.
    """
    request.environ[PAGE] = endpoint
    response.headers["Content-Location"] = address
    return response


def init_security(app: Flask, cookies: Cookies) -> None:
    """CSRF tokens for every form, cookie flags, and security headers for every response."""
    app.config.update(
        SESSION_COOKIE_NAME=cookies.name(SESSION),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        SESSION_COOKIE_SECURE=cookies.secure,
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=MOST_SENT,
    )
    app.session_interface = _Sessions()
    app.before_request(_refuse_other_methods)
    # The next one looks for a token in what is sent.
    app.before_request(_bound_what_is_sent)
    csrf.init_app(app)
    app.after_request(_protect)


def takes_files() -> bool:
    """Whether what is sent now may be as large as a file: to a page for it, by somebody who is logged in."""
    return request.endpoint in MOST_SENT_TO and "_user_id" in session


def _bound_what_is_sent() -> None:
    """A text may be as large as a request."""
    request.max_content_length = MOST_SENT_TO[request.endpoint or ""] if takes_files() else MOST_SENT
    request.max_form_memory_size = MOST_SENT


def _refuse_other_methods() -> Response | None:
    """The same for every path: its allowed methods would tell what it is."""
    if request.method in ("GET", "POST"):
        return None
    return Response(status=405, headers={"Allow": "GET, HEAD, POST"})


def _protect(response: Response) -> Response:
    # Safari before 15.4 does not count a WebSocket to the same host as 'self'.
    socket = f"{'wss' if request.is_secure else 'ws'}://{request.host}"
    endpoint = request.environ.get(PAGE, request.endpoint) or ""
    blueprint = endpoint.rpartition(".")[0]
    frames = "frame-ancestors 'self'" if endpoint in FRAMED else "frame-ancestors 'none'"
    frames = f"frame-src 'self'; {frames}" if endpoint in FRAMING else frames
    forms = "'self'" if {blueprint, endpoint} & PAGES_WITH_FORMS else "'none'"
    response.headers.setdefault(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; "
        f"font-src 'self'; img-src 'self' data:; connect-src 'self' {socket}; "
        f"form-action {forms}; base-uri 'none'; {frames}",
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    # `no-referrer` would also make browsers hide the Origin of a form, which `from_our_pages` checks.
    referrer = "strict-origin" if blueprint in ("public", "shared") else "no-referrer"
    response.headers["Referrer-Policy"] = referrer
    if not request.path.startswith(SAME_FOR_ALL):
        # About what is opened, and no file of these is: a phone on a slow network waits for each byte.
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
        response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if response.mimetype == "text/html":
        response.headers["Cache-Control"] = "no-store"
    return response


class HeadAsGet:
    """Turns HEAD into GET and drops the body, so that no view can mistake HEAD for a submission and no rule
    can overlook it."""

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "HEAD":
            return self._app(environ, start_response)
        body = self._app({**environ, "REQUEST_METHOD": "GET"}, start_response)
        if hasattr(body, "close"):
            body.close()
        return []


class NothingKept:
    """Adds `no-store` to every response without Cache-Control, including Socket.IO's: what a phone gets by
    long polling is private, and a browser's cache outlasts the meeting."""

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            if not any(name.lower() == "cache-control" for name, _ in headers):
                headers = [*headers, ("Cache-Control", "no-store")]
            return start_response(status, headers, *more)

        return self._app(environ, start)

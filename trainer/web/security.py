"""What every response carries, so that a page loads nothing from elsewhere and runs only our own files."""

from flask import Flask, Response, request
from flask_wtf import CSRFProtect

csrf = CSRFProtect()


def init_security(app: Flask, secure: bool) -> None:
    """CSRF tokens for every form, cookie flags, and security headers for every response."""
    app.config.update(
        SESSION_COOKIE_NAME="kwartier_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=1_000_000,
    )
    csrf.init_app(app)
    app.after_request(_protect)


def _protect(response: Response) -> Response:
    # Safari before 15.4 does not count a WebSocket to the same host as 'self'.
    socket = f"{'wss' if request.is_secure else 'ws'}://{request.host}"
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
        f"connect-src 'self' {socket}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if response.mimetype == "text/html":
        response.headers["Cache-Control"] = "no-store"
    return response

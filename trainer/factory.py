"""Builds the application from its parts."""

from typing import Any

from flask import Flask, render_template
from flask_socketio import SocketIO
from flask_wtf.csrf import CSRFError
from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader
from sqlalchemy.exc import DBAPIError
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter

from trainer.config import ROOT, Settings
from trainer.host import Host
from trainer.render import Renderer
from trainer.room import MeetingUnreadable
from trainer.sockets.direct import OurPacket
from trainer.sockets.fastjson import FastJson
from trainer.sockets.handlers import register
from trainer.store.database import DatabaseBusy, init_database
from trainer.store.health import explain, where
from trainer.store.writer import NotSaved, Offload
from trainer.web import assets, auth, live, organiser, public, screens
from trainer.web.form_rule import PrivateForms
from trainer.web.security import HeadAsGet, NothingKept, init_security
from trainer.wire import LARGEST_MESSAGE


class RowId(IntegerConverter):
    """A number that a row of the database may have: a longer one is no address."""

    regex = r"[1-9]\d{0,17}"


def build(settings: Settings, async_mode: str, offload: Offload) -> Flask:
    """The application; see `trainer.create_app`."""
    app = Flask("trainer", static_folder=str(ROOT / "static"), template_folder=str(ROOT / "templates"))
    app.url_map.converters["row"] = RowId
    app.secret_key = settings.secret_key
    app.jinja_loader = ChoiceLoader(
        [
            FileSystemLoader(ROOT / "templates"),
            PrefixLoader({"kinds": FileSystemLoader(ROOT / "trainer" / "kinds")}),
        ]
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.add_extension(PrivateForms)
    if settings.trust_proxy:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=0, x_proto=1, x_host=1)  # type: ignore[method-assign]
    app.wsgi_app = HeadAsGet(app.wsgi_app)  # type: ignore[method-assign]
    init_security(app, settings.secure)
    engine = init_database(app, settings.database_url)
    host = Host(settings, engine, Renderer(app.jinja_env), offload)
    app.extensions["kwartier"] = host
    assets.init_assets(app)
    auth.init_auth(app)
    for module in (public, live, screens, organiser):
        app.register_blueprint(module.blueprint)
    _init_errors(app)
    socketio = SocketIO(
        app,
        async_mode=async_mode,
        async_handlers=False,
        json=FastJson,
        serializer=OurPacket,
        cookie=None,
        manage_session=False,
        max_http_buffer_size=LARGEST_MESSAGE,
        http_compression=False,
        logger=False,
        engineio_logger=False,
        ping_interval=20,
        ping_timeout=20,
    )
    app.wsgi_app = NothingKept(app.wsgi_app)  # type: ignore[method-assign]
    host.extras["connections"] = register(app, socketio.server, host, settings.post_rate, settings.post_burst)
    return app


def _init_errors(app: Flask) -> None:
    def log_failure(found: Any) -> None:
        # Neither the message nor the address: they may hold what somebody wrote, or the secret of a meeting.
        app.logger.error("a page could not be made: %s", where(found[1]))

    app.log_exception = log_failure  # type: ignore[assignment, method-assign]
    pages = {
        404: ("Deze pagina is er niet", "Misschien is het adres verkeerd, of mag je deze pagina niet zien."),
        413: ("Te groot", "Wat je stuurde is te groot."),
        429: ("Even wachten", "Dat ging te snel achter elkaar. Wacht een minuut en probeer het opnieuw."),
        500: ("Er ging iets mis", "Dat ligt niet aan jou. Probeer het nog eens."),
    }
    for status, (title, message) in pages.items():
        app.register_error_handler(
            status,
            lambda error, status=status, title=title, message=message: (
                render_template("public/error.html", title=title, message=message),
                status,
            ),
        )

    @app.errorhandler(DatabaseBusy)
    @app.errorhandler(NotSaved)
    def not_saved(error: Exception) -> tuple[str, int]:
        message = "Opslaan lukt nu niet. Er is niets veranderd. Wacht even en probeer het opnieuw."
        return render_template("public/error.html", title="Niet opgeslagen", message=message), 503

    @app.errorhandler(DBAPIError)
    def no_database(error: DBAPIError) -> tuple[str, int]:
        app.logger.error("the database refused: %s", explain(error))
        message = (
            "Er is niets veranderd. Wacht even en probeer het opnieuw. Helpt dat niet? Vraag de beheerder."
        )
        return render_template(
            "public/error.html", title="Opslaan of lezen lukt nu niet", message=message
        ), 503

    @app.errorhandler(MeetingUnreadable)
    def unreadable(error: MeetingUnreadable) -> tuple[str, int]:
        message = "Wat hiervan bewaard is, is beschadigd. Andere bijeenkomsten gaan door. Vraag de beheerder."
        title = "Deze bijeenkomst kan niet gelezen worden"
        return render_template("public/error.html", title=title, message=message), 503

    @app.errorhandler(CSRFError)
    def expired(error: CSRFError) -> tuple[str, int]:
        message = "Deze pagina stond te lang open. Ga terug, ververs de pagina en probeer het opnieuw."
        return render_template("public/error.html", title="Deze pagina is verlopen", message=message), 400

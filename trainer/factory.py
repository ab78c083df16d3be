"""Builds the application from its parts."""

from collections.abc import Callable

from flask import Flask
from flask_socketio import SocketIO
from jinja2 import ChoiceLoader, FileSystemLoader, PrefixLoader
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Rule

from trainer.config import ROOT, Settings
from trainer.cookies import Cookies
from trainer.meetings.fragments import Renderer
from trainer.meetings.host import Host
from trainer.rehearsing.rehearsals import Rehearsals
from trainer.sockets.direct import OurPacket
from trainer.sockets.fastjson import FastJson
from trainer.sockets.handlers import register
from trainer.store.database import init_database
from trainer.store.writer import Offload
from trainer.web import assets, auth, errors
from trainer.web.form_rule import PrivateForms
from trainer.web.pages import init_pages
from trainer.web.security import HeadAsGet, NothingKept, init_security
from trainer.wire import LARGEST_MESSAGE


class RowId(IntegerConverter):
    """A row id, of at most 18 digits so that it fits SQLite; a longer one matches no route."""

    regex = r"[1-9]\d{0,17}"


class LateRule(Rule):
    """A route that compiles how its addresses are built when the first is: a process builds few of them."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled: list[Callable[..., tuple[str, str]]] = []

        def builder(rule: Rule, /, **values: object) -> tuple[str, str]:
            if not compiled:
                compiled.append(super(LateRule, self)._compile_builder(append_unknown))
            return compiled[0](rule, **values)

        return builder


def build(settings: Settings, async_mode: str, offload: Offload) -> Flask:
    """Builds the application; see `trainer.create_app`."""
    app = Flask("trainer", static_folder=None, template_folder=str(ROOT / "templates"))
    app.url_map.converters["row"] = RowId
    app.url_rule_class = LateRule
    # URLs work with a trailing slash too.
    app.url_map.strict_slashes = False
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
    init_security(app, Cookies(settings.secure))
    engine = init_database(app, settings.database_url)
    host = Host(settings, engine, Renderer(app.jinja_env, assets.init_assets(app)), offload)
    app.extensions["kwartier"] = host
    app.extensions["rehearsals"] = Rehearsals(host)
    auth.init_auth(app)
    init_pages(app)
    errors.init_errors(app)
    socketio = _socketio(app, async_mode)
    app.wsgi_app = NothingKept(app.wsgi_app)  # type: ignore[method-assign]
    register(app, socketio.server, host, settings.post_rate, settings.post_burst)
    return app


def _socketio(app: Flask, async_mode: str) -> SocketIO:
    return SocketIO(
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

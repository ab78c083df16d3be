"""Static files with a version in their URL, and the files that kinds supply."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, request, send_from_directory, url_for

from trainer import kinds as kind_registry
from trainer.config import ROOT
from trainer.kinds import folder

KINDS = ROOT / "trainer" / "kinds"
YEAR = 31_536_000
KIND_FILES = {"style.css": "text/css", "behaviour.js": "text/javascript"}

blueprint = Blueprint("assets", __name__)


@cache
def _version(path: Path, changed: float) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def asset(name: str) -> str:
    """The URL of a file in `static/`, with a version that changes when the file does."""
    path = Path(current_app.static_folder or "") / name
    version = _version(path, path.stat().st_mtime) if path.exists() else "missing"
    return url_for("static", filename=name, v=version)


def kind_files(name: str) -> list[str]:
    """The URLs of this file, 'style.css' or 'behaviour.js', for each kind that has one."""
    found = []
    for kind in kind_registry.discover().values():
        path = KINDS / folder(kind) / name
        if path.exists():
            version = _version(path, path.stat().st_mtime)
            found.append(url_for("assets.kind_file", kind=kind.name, name=name, v=version))
    return found


@blueprint.get("/kinds/<kind>/<name>")
def kind_file(kind: str, name: str) -> Response:
    """A style sheet or script of a kind."""
    found = kind_registry.discover().get(kind)
    if found is None or name not in KIND_FILES:
        abort(404)
    return send_from_directory(KINDS / folder(found), name, mimetype=KIND_FILES[name])


def _keep_for(name: str | None) -> int | None:
    """How long browsers may cache a file without revalidating, in seconds.

    A module imported by another has no version in its URL: cached, the old one would run beside new ones
    after an upgrade.
    """
    return YEAR if "v" in request.args else None


def init_assets(app: Flask) -> None:
    """Registers the routes, the caching rule, and `asset` and `kind_files` for templates."""
    app.register_blueprint(blueprint)
    app.get_send_file_max_age = _keep_for  # type: ignore[method-assign, assignment]
    app.jinja_env.globals.update(asset=asset, kind_files=kind_files)

"""Scripts, style sheets and fonts as `tools/bundle.mjs` built them, and those of kinds that were added since.

What was built has a hash of its content in its name, so browsers keep it for a year, and was compressed
beforehand. Nothing else is ever compressed: the length of a compressed page tells what secrets it holds
beside what somebody else chose (BREACH), and the files here are the same for everybody.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, request, send_from_directory, url_for

from trainer import kinds as kind_registry
from trainer.config import ROOT
from trainer.kinds import folder

KINDS = ROOT / "trainer" / "kinds"
YEAR = 31_536_000
STYLE, BEHAVIOUR = "style.css", "behaviour.js"
KIND_FILES = {STYLE: "text/css", BEHAVIOUR: "text/javascript"}
TYPES = {".css": "text/css", ".js": "text/javascript", ".woff2": "font/woff2"}
# The first that a browser takes. Over plain HTTP browsers take no brotli, except from their own machine.
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))

blueprint = Blueprint("assets", __name__)


class NotBuilt(Exception):
    """A script or style sheet is not there."""


@dataclass(frozen=True, slots=True)
class Built:
    """What was built: files by what they are called, their bytes by file name, and whose styles are in it."""

    version: str
    files: Mapping[str, str]
    contents: Mapping[str, bytes]
    styled: frozenset[str]

    def fonts(self, sheet: str) -> list[str]:
        """The fonts that a page with this sheet needs at once: no page begins with a text in italics."""
        names = [name for name in sorted(self.files) if name.endswith("-normal.woff2")]
        return [name for name in names if self.files[name].encode() in self.contents[sheet]]


def read_built(place: Path) -> Built:
    """All that is in `static/built`: a running server goes on with its own files while others are built.

    Nothing when nothing was built: one can make a backup without it.
    """
    if not (place / "manifest.json").exists():
        return Built("", {}, {}, frozenset())
    manifest = json.loads((place / "manifest.json").read_text("utf-8"))
    contents = {path.name: path.read_bytes() for path in place.iterdir()}
    return Built(manifest["version"], manifest["files"], contents, frozenset(manifest["styled"]))


def _built() -> Built:
    built: Built = current_app.extensions["built"]
    return built


def asset(name: str) -> str:
    """The URL of something that was built, such as 'phone.css'. Raises NotBuilt."""
    if name not in _built().files:
        raise NotBuilt(f"{name} is not there: 'make run' builds it")
    return url_for("assets.built_file", name=_built().files[name])


def fonts(sheet: str) -> list[str]:
    """The URLs of the fonts that a page with the sheet at this URL loads at once."""
    return [asset(name) for name in _built().fonts(sheet.rpartition("/")[2])]


@cache
def _version(path: Path, changed: float) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:10]


def _own_file(kind: str, path: Path) -> str:
    return url_for("assets.kind_file", kind=kind, name=path.name, v=_version(path, path.stat().st_mtime))


def new_styles() -> list[str]:
    """The URLs of the style sheets of kinds that were added since the others were put together."""
    found = {kind.name: KINDS / folder(kind) / STYLE for kind in kind_registry.discover().values()}
    return [
        _own_file(name, path)
        for name, path in found.items()
        if path.parent.name not in _built().styled and path.exists()
    ]


def behaviours(names: Iterable[str]) -> dict[str, str]:
    """The URLs of the scripts of these kinds, of those that have one."""
    found = {}
    for name in dict.fromkeys(names):
        path = KINDS / folder(kind_registry.discover()[name]) / BEHAVIOUR
        if (built := f"kind-{path.parent.name}.js") in _built().files:
            found[name] = asset(built)
        elif path.exists():
            found[name] = _own_file(name, path)
    return found


@blueprint.get("/static/<name>")
def built_file(name: str) -> Response:
    """Something that was built, as small as this browser can read it."""
    contents, mimetype = _built().contents, TYPES.get(Path(name).suffix)
    if mimetype is None or name not in contents:
        abort(404)
    response = Response(contents[name], mimetype=mimetype)
    # It is no page: this is stricter than what pages get, and shorter.
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.cache_control.public = True
    response.cache_control.max_age = YEAR
    response.cache_control.immutable = True
    for encoding, end in ENCODINGS:
        if name + end in contents:
            response.vary.add("Accept-Encoding")
            if request.accept_encodings.quality(encoding):
                response.set_data(contents[name + end])
                response.content_encoding = encoding
                break
    return response


@blueprint.get("/kinds/<kind>/<name>")
def kind_file(kind: str, name: str) -> Response:
    """A style sheet or script of a kind, as it is."""
    found = kind_registry.discover().get(kind)
    if found is None or name not in KIND_FILES:
        abort(404)
    kept = YEAR if "v" in request.args else None
    return send_from_directory(KINDS / folder(found), name, mimetype=KIND_FILES[name], max_age=kept)


def init_assets(app: Flask) -> str:
    """Registers the routes, and what templates ask; returns the version of all scripts and style sheets."""
    app.extensions["built"] = built = read_built(ROOT / "static" / "built")
    app.register_blueprint(blueprint)
    app.jinja_env.globals.update(asset=asset, fonts=fonts, new_styles=new_styles, build=built.version)
    return built.version

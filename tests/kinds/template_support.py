"""The templates of the kinds, without the web around them."""

from functools import cache
from hashlib import blake2b
from pathlib import Path

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    Template,
)

from trainer import kinds
from trainer.kinds.contract import Kind

KINDS = Path(kinds.__file__).parent
# What was compiled is kept for the next run and the other worker, as long as this file is as it is.
OPTIONS = blake2b(Path(__file__).read_bytes(), digest_size=8).hexdigest()
COMPILED = Path(__file__).resolve().parents[2] / ".pytest_cache" / "templates" / OPTIONS
COMPILED.mkdir(parents=True, exist_ok=True)

_environment = Environment(
    autoescape=True,
    undefined=StrictUndefined,
    auto_reload=False,
    bytecode_cache=FileSystemBytecodeCache(str(COMPILED)),
    loader=PrefixLoader({"kinds": FileSystemLoader(KINDS)}),
)


@cache
def template_of(kind: Kind, name: str) -> Template | None:
    """The template of a kind's fragment; None when it has none of that name."""
    if not (kinds.path(kind) / f"{name}.html").exists():
        return None
    return _environment.get_template(f"kinds/{kinds.folder(kind)}/{name}.html")

"""The templates of the kinds, without the web around them."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, PrefixLoader, StrictUndefined, Template

from trainer import kinds
from trainer.kinds.contract import Kind

KINDS = Path(kinds.__file__).parent

_environment = Environment(
    autoescape=True,
    undefined=StrictUndefined,
    auto_reload=False,
    loader=PrefixLoader({"kinds": FileSystemLoader(KINDS)}),
)


@cache
def template_of(kind: Kind, name: str) -> Template | None:
    """The template of a kind's fragment; None when it has none of that name."""
    if not (kinds.path(kind) / f"{name}.html").exists():
        return None
    return _environment.get_template(f"kinds/{kinds.folder(kind)}/{name}.html")

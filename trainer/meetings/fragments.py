"""From values to HTML: one fragment per audience, with the exercise's own fragment inside."""

from collections.abc import Mapping, Sequence
from typing import Any

import segno
from jinja2 import Environment, Template, TemplateNotFound
from markupsafe import Markup

from trainer.curriculum.model import Step
from trainer.kinds import folder
from trainer.kinds.contract import Kind, Post
from trainer.live.audience import Role

Values = Mapping[str, Any]
# What replaces a fragment that a kind does not have.
INSTEAD = dict.fromkeys(("phone", "screen", "print"), "live/text_step.html") | {"enter": "kinds/{}/form.html"}


class Renderer:
    """Renders the views of a meeting with the application's templates.

    `build` is the version of the scripts and style sheets that belong to them.
    """

    def __init__(self, environment: Environment, build: str = "") -> None:
        self._environment = environment
        self.build = build
        self._found: dict[str, Template | None] = {}

    def view(self, role: Role, values: Values) -> str:
        """The whole view of an audience of this role, from `templates/live/<role>.html`.

        Raises TemplateNotFound when there is no such template.
        """
        template = self._template(f"live/{role}.html")
        if template is None:
            raise TemplateNotFound(f"live/{role}.html")
        return template.render(v=values)

    def fragment(self, kind: Kind, name: str, values: Values) -> Markup:
        """A kind's fragment, or what replaces one that it does not have; blank when nothing does."""
        instead = INSTEAD.get(name, "")
        found = self._template(f"kinds/{folder(kind)}/{name}.html")
        template = found or (self._template(instead.format(folder(kind))) if instead else None)
        return Markup(template.render(**values)) if template else Markup("")

    def leaving(self, step: Step, posts: Sequence[Post]) -> Markup:
        """What a phone sees of the cards that it took back but that are still on the screen."""
        template = self._template("live/leaving.html")
        return Markup(template.render(step=step, posts=posts)) if template else Markup("")

    def _template(self, path: str) -> Template | None:
        """Looks each template up once: a look-up costs as much as rendering a small template.

        So does copying what Jinja gives it as globals, a chain of dictionaries, at each rendering.
        """
        if path not in self._found:
            try:
                found = self._environment.get_template(path)
            except TemplateNotFound:
                self._found[path] = None
            else:
                found.globals = dict(found.globals)
                self._found[path] = found
        return self._found[path]


def qr_svg(url: str) -> Markup:
    """A QR code, black on white whatever the theme, with the quiet zone that scanners need."""
    code = segno.make(url, error="m")
    return Markup(code.svg_inline(scale=10, border=4, dark="#000", light="#fff", omitsize=True))

"""Huiswerk: what to do at home, per role. The phone remembers the role; nothing is sent."""

from dataclasses import dataclass

from markupsafe import Markup

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.kinds.contract import Kind
from trainer.kinds.material import NOTHING, prose, sections
from trainer.kinds.settings import read_settings

EVERYBODY = "Voor iedereen"


@dataclass(frozen=True, slots=True)
class Settings:
    """What applies to everybody, and the homework by role as (name, text); there is always one."""

    intro: Text
    roles: tuple[tuple[str, Markup], ...]


class Huiswerk(Kind):
    """An assignment for each role; which one somebody chose stays on the phone."""

    name = "huiswerk"
    title = "Huiswerk"
    group_word = "rol"
    summary = "Een opdracht voor thuis, per rol. De keuze blijft op de telefoon."
    printed = True

    def parse(self, step: StepSource, problems: Problems) -> Settings:
        before, *titled = sections(step.body, step.body_line)
        roles: dict[str, Markup] = {}
        for section in titled:
            text = prose(section.markdown, step)
            if not section.title or not text.plain:
                message = "onder '#### rol' hoort de opdracht voor die rol"
                problems.add(step.path, section.line, message, "huiswerk.empty-role")
            elif section.title.lower() in (role.lower() for role in roles):
                problems.add(step.path, section.line, "deze rol staat er twee keer", "huiswerk.double-role")
            else:
                roles[section.title] = text.html
        intro = prose(before.markdown, step)
        if not titled and intro.plain:
            # The same for all is still something to take home, so it gets a role of its own.
            intro, roles = NOTHING, {EVERYBODY: intro.html}
        elif not titled:
            problems.add(step.path, step.line, "dit huiswerk heeft geen opdracht", "huiswerk.empty")
        return read_settings(Settings, step, problems, intro=intro, roles=tuple(roles.items()))


KIND = Huiswerk()

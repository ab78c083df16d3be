"""The scenes of `rollenspel`: under each `####` heading a situation, and a list of roles."""

from dataclasses import dataclass
from typing import NamedTuple

from trainer.curriculum.model import StepSource, Text
from trainer.curriculum.problems import Problems
from trainer.curriculum.render import inline
from trainer.kinds.material import NOTHING, Section, bullets, named, prose, sections

MOST_SCENES, MOST_ROLES = 12, 6
# What fits on a card of A6, in letters that can be read standing.
LONGEST_SITUATION, LONGEST_ROLE = 220, 320


class Role(NamedTuple):
    """A role in a scene: its name, and what whoever plays it knows and wants."""

    name: str
    text: Text


@dataclass(frozen=True, slots=True)
class Scene:
    """A situation to play, with its roles in the same order as in every other scene."""

    title: str
    situation: Text
    roles: tuple[Role, ...]


NO_SCENE = Scene("", NOTHING, ())


def read_scenes(step: StepSource, problems: Problems) -> tuple[Text, tuple[Scene, ...]]:
    """The text before the first scene, and the scenes; there is always one. What is wrong is reported."""
    before, *titled = sections(step.body, step.body_line)
    scenes = [_scene(section, step, problems) for section in titled]
    if not scenes:
        message = "'rollenspel' heeft situaties nodig: '#### Titel', wat er speelt, en een lijst van rollen"
        problems.add(step.path, step.line, message, "rollenspel.no-scenes")
    if len(scenes) > MOST_SCENES:
        message = f"meer dan {MOST_SCENES} situaties kan niemand kiezen"
        problems.add(step.path, step.line, message, "rollenspel.too-many")
    for section, scene in zip(titled, scenes, strict=True):
        if [role.name for role in scene.roles] != [role.name for role in scenes[0].roles]:
            message = "elke situatie heeft dezelfde rollen, in dezelfde volgorde"
            problems.add(step.path, section.line, message, "rollenspel.other-roles")
    return prose(before.markdown, step), tuple(scenes) or (NO_SCENE,)


def _scene(section: Section, step: StepSource, problems: Problems) -> Scene:
    lines = section.markdown.splitlines()
    first = next((number for number, line in enumerate(lines) if line.startswith("- ")), len(lines))
    situation = inline(" ".join(lines[:first]), step.base)
    roles = _roles(section, step, problems)
    if not (section.title and situation.plain and 2 <= len(roles) <= MOST_ROLES):
        message = f"een situatie heeft een titel, wat er speelt, en 2 tot {MOST_ROLES} rollen"
        problems.add(step.path, section.line, message, "rollenspel.bad-scene")
    if len(situation.plain) > LONGEST_SITUATION:
        message = f"wat er speelt past niet op een kaart: hoogstens {LONGEST_SITUATION} tekens"
        problems.add(step.path, section.line, message, "rollenspel.too-long")
    return Scene(section.title, situation, roles)


def _roles(section: Section, step: StepSource, problems: Problems) -> tuple[Role, ...]:
    found: dict[str, Role] = {}
    for line, markdown in bullets(section.markdown, section.line + 1):
        name, words = named(markdown) or ("", "")
        text = inline(words, step.base)
        if not name or name in found:
            message = "een rol heeft een eigen naam, en wat wie hem speelt weet en wil: - Klant: Je wilt rust"
            problems.add(step.path, line, message, "rollenspel.bad-role")
            continue
        if len(text.plain) > LONGEST_ROLE:
            message = f"deze rol past niet op een kaart: hoogstens {LONGEST_ROLE} tekens"
            problems.add(step.path, line, message, "rollenspel.too-long")
        found[name] = Role(name, text)
    return tuple(found.values())

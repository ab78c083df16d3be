"""A part as somebody wrote it in Markdown, as it will be given."""

from datetime import datetime
from zoneinfo import ZoneInfo

from trainer import kinds
from trainer.curriculum.part import read_part
from trainer.curriculum.problems import Problems
from trainer.exports.given import Given
from trainer.live.state import MeetingState

ZONE = ZoneInfo("Europe/Amsterdam")
TUESDAY = datetime(2027, 1, 12, 9, 30, tzinfo=ZONE)
FRONT = "---\ntitel: Dagdeel 1\ndoel: Elkaar leren kennen.\nbronnen: [Geschreven voor Kwartier]\n---\n\n"


def given(markdown: str, begins: datetime | None = TUESDAY, state: MeetingState | None = None) -> Given:
    problems = Problems()
    part = read_part((FRONT + markdown).encode(), "dagdeel-1.md", kinds.interpret, problems)
    assert part is not None, problems.sorted()
    return Given(part, state or MeetingState(), begins)


def notes(*lines: str) -> str:
    """A trainers' note of these paragraphs, as Markdown."""
    return "> [!TRAINER]\n" + "\n>\n".join(f"> {line}" for line in lines) + "\n"


def fields(value: object) -> set[str]:
    """The names of all fields of what was read from JSON; those of `answers` are of its content."""
    if isinstance(value, dict):
        inside = [each for name, each in value.items() if name != "answers"]
        inside += value.get("answers", {}).values()
        return set(value) | set().union(*map(fields, inside))
    return set().union(*map(fields, value)) if isinstance(value, list) else set()

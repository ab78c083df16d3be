"""What the form of a plan sends: texts of fields, and what its buttons ask for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice

from flask import request

from trainer.plans.answers import Answer, Writing, chosen, joined, read_lines
from trainer.plans.form import Form
from trainer.store.log import Unlogged, change
from trainer.store.plans import add_row, forget_leftover, remove_row, settle

# More than any form has, and few enough not to keep others waiting.
MOST_SENT = 1_500
# How many texts a page may say that it tried: it hears of them, or gives up.
MOST_TRIED = 8
FULL = "Deze tabel is vol. Haal eerst een rij weg."
CHANGED = "Iemand anders veranderde dit net. Kijk eerst wat er nu staat."
TOO_LONG = "Samen zijn de teksten te lang. Kies er één."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a button did: what is said of it, the id of the element to go to, and which row is asked about."""

    message: str = ""
    category: str = "ok"
    target: str = ""
    asked: str = ""


def read_sent() -> tuple[Mapping[str, Writing], str]:
    """What was written in each field, by its key, and what the button that was pressed asks for.

    `t:` and the key name a text, `s:` the version that was there before, each `r:` what was tried.
    """
    sent = request.form
    writings = {
        name[2:]: Writing(
            text=read_lines(text),
            seen=sent.get(f"s:{name[2:]}", ""),
            tried=tuple(map(read_lines, sent.getlist(f"r:{name[2:]}")[:MOST_TRIED])),
        )
        for name, text in islice(sent.items(), MOST_SENT)
        if name.startswith("t:")
    }
    return writings, sent.get("do", "")


def element(key: str) -> str:
    """The id of the element of a field."""
    return "f-" + key.replace("/", "_")


def act(form: Form, course_id: int, asked: str) -> Outcome:
    """Does what a button asks for, such as 'add:eigen-regie'; nothing when there is no such button.

    Raises CourseGone and DatabaseBusy.
    """
    name, *words = asked.split(":")
    acts: Mapping[tuple[str, int], Callable[..., Outcome]] = {
        ("add", 1): _add,
        ("ask", 2): _ask,
        ("keep", 2): _keep,
        ("remove", 3): _remove,
        ("pick", 3): _pick,
        ("join", 2): _join,
        ("forget", 1): _forget,
    }
    found = acts.get((name, len(words)))
    return found(form, course_id, *words) if found else Outcome()


def _add(form: Form, course_id: int, section: str) -> Outcome:
    row = change(partial(add_row, form, course_id, section), Unlogged.TOGETHER)
    if row is None:
        return Outcome(FULL, "danger", f"deel-{section}")
    there = form.section(section)
    first = there.questions[0].id if there else ""
    return Outcome("Er is een rij bij.", target=element(f"{section}/{row}/{first}"))


def _ask(form: Form, course_id: int, section: str, row: str) -> Outcome:
    return Outcome("Wil je deze rij weghalen?", "warn", f"keep-{section}_{row}", f"{section}:{row}")


def _keep(form: Form, course_id: int, section: str, row: str) -> Outcome:
    return Outcome("De rij blijft.", target=f"r-{section}_{row}")


def _remove(form: Form, course_id: int, section: str, row: str, whole: str) -> Outcome:
    if not change(partial(remove_row, form, course_id, section, row, whole), Unlogged.TOGETHER):
        return Outcome(CHANGED, "danger", f"deel-{section}")
    return Outcome("De rij is weg.", target=f"deel-{section}")


def _pick(form: Form, course_id: int, key: str, whole: str, which: str) -> Outcome:
    place = int(which) if which.isascii() and which.isdigit() and len(which) < 3 else -1
    return _settle(course_id, key, lambda answer: chosen(answer, whole, place), CHANGED)


def _join(form: Form, course_id: int, key: str, whole: str) -> Outcome:
    def decide(answer: Answer) -> Answer | None:
        return joined(answer, whole)

    return _settle(course_id, key, decide, TOO_LONG)


def _settle(course_id: int, key: str, decide: Callable[[Answer], Answer | None], why_not: str) -> Outcome:
    if not change(lambda: settle(course_id, key, decide), Unlogged.TOGETHER):
        return Outcome(why_not, "danger", element(key))
    return Outcome("De tekst is gekozen.", target=element(key))


def _forget(form: Form, course_id: int, key: str) -> Outcome:
    change(lambda: forget_leftover(form, course_id, key), Unlogged.TOGETHER)
    return Outcome("Het antwoord is weg.", target="plan")

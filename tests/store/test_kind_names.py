"""Where control names the kind of a step, and where it does not."""

import re

from tests.support.hall import Hall
from trainer.live.audience import Audience, Role

BADGE = re.compile(r'<span class="badge">([^<]+)</span>')
NOTES = re.compile(r'<span class="c-step-note">([^<,]*)')


def control(hall: Hall) -> str:
    return str(hall.host.messages.message(hall.room, Audience(Role.CONTROL))["html"])


def test_the_agenda_says_of_every_step_what_it_is(hall: Hall) -> None:
    hall.do("start")
    kinds = [hall.room.kind(step).title for step in hall.room.part.steps()]

    assert NOTES.findall(control(hall)) == kinds


def test_the_step_on_screen_is_named_when_it_is_an_exercise_and_not_when_it_is_a_text(hall: Hall) -> None:
    names = {}
    for step in hall.room.part.steps():
        hall.do("goto", step=step.id)
        title = control(hall).partition('id="now-title"')[2].partition("</h2>")[0]
        names[step.kind] = BADGE.findall(title)

    assert names["uitleg"] == []
    assert names["flap"] == ["Flap"]

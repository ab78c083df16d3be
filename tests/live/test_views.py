"""What each role may see: a phone gets nothing that is for trainers or for the projector."""

import json
from typing import Any

import pytest

from tests.support.klein import Desk, klein_part
from trainer.live.views import control_view, phone_view, screen_view

STEPS = [step.id for step in klein_part().steps()]
COMMON = {
    "version", "changes", "key", "phase", "part_title", "part_goal", "programme_title", "course_title",
    "place", "cover", "pace", "step", "block", "timer", "at", "places", "divided",
    "shared", "asks_again", "asks_again_here", "shares_here", "may_share",
}  # fmt: skip
SCREEN = COMMON | {"agenda", "join_shown", "theme", "now", "next", "clock", "seconds_of_day", "pause_until"}
CONTROL = SCREEN | {
    "drift_minutes", "end_planned", "end_projected", "shorten", "block_notes", "step_notes", "next_title",
    "options", "final", "trainers",
}  # fmt: skip


def everything(view: dict[str, Any]) -> str:
    return json.dumps(view, default=str, ensure_ascii=False)


@pytest.mark.parametrize("phase", ["lobby", "live", "closed"])
def test_each_role_gets_exactly_its_own_values(desk: Desk, phase: str) -> None:
    if phase != "lobby":
        desk.do("start")
    if phase == "closed":
        desk.do("close")

    views = (phone_view, screen_view, control_view)
    assert [set(view(desk.scene())) for view in views] == [COMMON, SCREEN, CONTROL]


@pytest.mark.parametrize("step", STEPS)
def test_only_trainers_get_the_notes(desk: Desk, step: str) -> None:
    desk.do("goto", step=step)

    assert "Geheim" not in everything(phone_view(desk.scene()))
    assert "Geheim" not in everything(screen_view(desk.scene()))


def test_trainers_get_the_notes_of_the_block_and_of_the_step(desk: Desk) -> None:
    desk.do("goto", step="eens-of-oneens")
    assert "Geheim-herstel" in control_view(desk.scene())["block_notes"]

    desk.do("goto", step="welkom")
    assert "Geheim-welkom" in control_view(desk.scene())["step_notes"]


def test_in_the_lobby_trainers_get_the_notes_of_the_first_block_that_is_given(desk: Desk) -> None:
    first, second = klein_part().blocks[:2]
    before = control_view(desk.scene())["block_notes"]

    desk.do("skip", block=first.id)

    assert (before, control_view(desk.scene())["block_notes"]) == (first.notes, second.notes)
    assert first.notes != second.notes


@pytest.mark.parametrize("step", STEPS)
def test_a_phone_does_not_get_the_agenda(desk: Desk, step: str) -> None:
    desk.do("goto", step=step)
    here = desk.scene().here
    assert here is not None
    others = {block.title for block in klein_part().blocks} - {here[0].title, here[1].title}

    shown = everything(phone_view(desk.scene()))

    assert [title for title in others if f'"{title}"' in shown] == []


def test_in_the_lobby_nobody_sees_a_step(desk: Desk) -> None:
    assert (phone_view(desk.scene())["step"], phone_view(desk.scene())["block"]) == (None, None)
    assert phone_view(desk.scene())["key"] == "lobby"


def test_after_the_end_nobody_sees_the_last_step(desk: Desk) -> None:
    desk.do("goto", step="hoe-was-het")
    desk.do("close")

    assert phone_view(desk.scene())["step"] is None
    assert phone_view(desk.scene())["key"] == "closed"


def test_the_key_changes_with_the_item(desk: Desk) -> None:
    desk.do("goto", step="over-de-lijn")
    first = phone_view(desk.scene())["key"]
    desk.do("next")

    assert (first, phone_view(desk.scene())["key"]) == ("over-de-lijn/1", "over-de-lijn/2")


def test_the_timer_is_what_is_left_so_that_no_clock_has_to_agree(desk: Desk) -> None:
    desk.do("goto", step="eens-of-oneens")
    desk.later(1)

    assert phone_view(desk.scene())["timer"] == {"left": 540.0, "total": 600.0, "running": True}


def test_the_next_title_is_that_of_the_block_when_a_new_one_begins(desk: Desk) -> None:
    desk.do("start")
    assert screen_view(desk.scene())["next"] == {"title": "Herstel"}

    desk.do("goto", step="wat-is-herstel")
    assert screen_view(desk.scene())["next"] == {"title": "Eens of oneens?"}


def test_there_is_nothing_after_the_last_step(desk: Desk) -> None:
    desk.do("goto", step="hoe-was-het")

    assert screen_view(desk.scene())["next"] is None


def test_the_trainers_see_which_option_is_chosen(desk: Desk) -> None:
    desk.do("choose", group="stigma:1", option="2")

    assert control_view(desk.scene())["options"] == [
        {
            "group": "stigma:1",
            "block": "stigma",
            "block_title": "Stigma",
            "choices": [
                {"option": 1, "title": "Stickers plakken", "chosen": False},
                {"option": 2, "title": "Diagnose me!", "chosen": True},
            ],
        }
    ]


def test_the_agenda_marks_the_current_step_and_the_chosen_ones(desk: Desk) -> None:
    desk.do("goto", step="stickers")

    steps = next(row for row in screen_view(desk.scene())["agenda"] if row["id"] == "stigma")["steps"]

    assert [(step["id"], step["chosen"], step["state"]) for step in steps] == [
        ("stigma", True, ""), ("stickers", True, "now"), ("napraten", True, ""), ("diagnose-me", False, ""),
    ]  # fmt: skip


def test_notes_name_who_leads_and_what_phones_see_does_not(desk: Desk) -> None:
    desk.do("lead", first="Sam", second="Kim")
    desk.do("goto", step="wat-is-herstel")
    assert "Sam leidt dit blok." in control_view(desk.scene())["block_notes"]

    desk.do("swap", block="herstel")

    assert "Kim leidt dit blok." in control_view(desk.scene())["block_notes"]
    assert "Kim" not in repr(phone_view(desk.scene())) + repr(screen_view(desk.scene()))

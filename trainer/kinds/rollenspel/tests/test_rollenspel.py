"""Rollenspel: scenes for groups, in turns, with a time-out and an end in which roles are laid off."""

import re

import pytest

from tests.kinds.material_support import play_of, read, settings_of
from tests.kinds.stage_support import Stage, ask
from tests.support.fragments import read_page
from trainer.kinds.contract import Rejected
from trainer.kinds.rollenspel import KIND, PlayState

ROLES = "- Klant: Je wilt rust.\n- Teamlid: Je wilt beginnen.\n- Kijker: Let op het tempo.\n"


def scene(title: str, roles: str = ROLES) -> str:
    return f"#### {title}\n\nAan tafel.\n\n{roles}\n"


SCENES = ("Een", "Twee", "Drie", "Vier", "Vijf")
BODY = "Speel een mens.\n\n" + "".join(map(scene, SCENES))
# The places of the phases in two turns.
READ, PLAY, PAUSE, AGAIN, OFF = 1, 2, 3, 4, 7


def titles(stage: Stage) -> list[str]:
    return [row["scene"].title for row in stage.view("screen")["rows"]]


# On paper


def test_cards_have_the_number_of_their_scene() -> None:
    stage = Stage("rollenspel", BODY)

    cards = re.findall(r'k-rollenspel__of">([^<]+)<', stage.play.print(stage.state))

    # The trainers' notes, and the list on control, say which scene by its number.
    assert cards == [f"{number}. {title}" for number, title in enumerate(SCENES, 1) for _ in range(3)]


# The author


def test_scene_is_a_heading_a_situation_and_its_roles() -> None:
    settings = settings_of("rollenspel", BODY)

    first = settings.scenes[0]
    assert (first.title, first.situation.plain) == ("Een", "Aan tafel.")
    assert [(role.name, role.text.plain) for role in first.roles] == [
        ("Klant", "Je wilt rust."),
        ("Teamlid", "Je wilt beginnen."),
        ("Kijker", "Let op het tempo."),
    ]
    assert (settings.intro.plain, len(settings.scenes)) == ("Speel een mens.", 5)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Alleen tekst.", ["7 rollenspel.no-scenes"]),
        (f"#### Een\n\n{ROLES}", ["9 rollenspel.bad-scene"]),
        ("#### Een\n\nAan tafel.\n\n- Klant: Je wilt rust.", ["9 rollenspel.bad-scene"]),
        (f"{scene('Een')}{scene('Twee', ROLES.replace('Kijker', 'Kijkers'))}", ["17 rollenspel.other-roles"]),
        (scene("Een", f"{ROLES}- Buur\n"), ["16 rollenspel.bad-role"]),
        (scene("Een", f"{ROLES}- Klant: Nog een.\n"), ["16 rollenspel.bad-role"]),
        (scene("Een", f"{ROLES}- Buur: {'o' * 321}\n"), ["16 rollenspel.too-long"]),
        (f"#### Een\n\n{'a' * 221}\n\n{ROLES}", ["9 rollenspel.too-long"]),
        (scene("Een") * 13, ["7 rollenspel.too-many"]),
    ],
)
def test_what_is_wrong_is_reported_on_its_line(body: str, found: list[str]) -> None:
    assert read("rollenspel", body)[1] == found


# The play


def test_each_phase_has_its_time_and_the_last_one_lays_off_the_roles() -> None:
    settings = settings_of("rollenspel", BODY, "lezen=2 spelen=6 stilstaan=4 afleggen=3")
    state, seconds = KIND.start(settings), []
    while (following := KIND.forward(settings, state)) is not None:
        state = following
        seconds.append(KIND.seconds(settings, state))

    assert [each // 60 for each in seconds if each] == [2, 6, 4, 2, 6, 4, 3]
    assert (state.at, KIND.seconds(settings, KIND.start(settings))) == (OFF, None)


def test_groups_play_other_scenes_and_others_again_in_the_next_turn() -> None:
    found = [titles(Stage("rollenspel", BODY, state=PlayState(at=at))) for at in (READ, AGAIN)]

    assert found == [["Een", "Twee", "Drie"], ["Vier", "Vijf", "Een"]]


def test_trainer_gives_a_group_another_scene_for_this_turn() -> None:
    stage = Stage("rollenspel", BODY, state=PlayState(at=READ))

    stage.press(ask("give", group="2", scene="5"))

    assert titles(stage) == ["Een", "Vijf", "Drie"]
    assert isinstance(stage.refusal(ask("give", group="4", scene="1")), Rejected)
    assert isinstance(stage.refusal(ask("give", group="1", scene="6")), Rejected)


def test_time_out_is_on_every_page_until_the_play_goes_on() -> None:
    stage = Stage("rollenspel", BODY, state=PlayState(at=PLAY))

    stage.press("timeout")
    assert [stage.view(name)["timeout"] for name in ("phone", "screen", "control")] == [True] * 3

    stage.press("resume")
    assert not stage.view("screen")["timeout"]


def phone_of(stage: Stage) -> str:
    return stage.play.fragment("phone", stage.state, stage.view("phone"))


def test_phone_does_not_say_to_play_during_a_time_out() -> None:
    stage = Stage("rollenspel", BODY, state=PlayState(at=PLAY))
    before = phone_of(stage)

    during = phone_of(stage.press("timeout"))

    assert [("Speel nu." in each, "Even stil." in each) for each in (before, during)] == [
        (True, False),
        (False, True),
    ]


def test_time_out_ends_when_the_trainer_goes_on() -> None:
    settings, state = settings_of("rollenspel", BODY), PlayState(at=PLAY, timeout=True)

    assert [KIND.forward(settings, state), KIND.backward(settings, state)] == [
        PlayState(at=PAUSE),
        PlayState(at=READ),
    ]


def test_play_can_stop_at_once_and_roles_are_laid_off_then_too() -> None:
    stage = Stage("rollenspel", BODY, state=PlayState(at=PLAY)).press("stop")

    assert (stage.view("phone")["phase"], stage.controls) == ("off", ())


# What is private


@pytest.mark.parametrize("at", range(OFF + 1))
def test_phone_has_nothing_to_send_in_any_phase(at: int) -> None:
    game = play_of("rollenspel", BODY)

    page = read_page(game.shared("phone", game.begin(state=PlayState(at=at))))

    assert page.forms == []
    assert [button for button in page.buttons if "data-act" in button or "data-command" in button] == []


def test_card_of_a_role_is_not_on_the_screen() -> None:
    game = play_of("rollenspel", BODY)
    sitting = game.begin(state=PlayState(at=PLAY))

    assert ["Je wilt rust." in game.shared(name, sitting) for name in ("phone", "screen")] == [True, False]


def test_roles_of_the_last_turn_are_the_ones_that_are_laid_off() -> None:
    game = play_of("rollenspel", BODY)
    pages = [game.shared("phone", game.begin(state=PlayState(at=at))) for at in (OFF - 1, OFF)]

    assert ['data-roles="stap/2"' in page for page in pages] == [True, True]

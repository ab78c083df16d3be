"""Rondes: rounds with a time, which everybody goes through together or each group by itself."""

from typing import Any

import pytest

from tests.kinds.contract_support import Play
from tests.kinds.material_support import play_of, read, settings_of
from tests.kinds.stage_support import Stage, ask
from tests.support.fragments import read_page
from trainer.kinds.contract import Rejected
from trainer.kinds.rondes import KIND, RoundState

ROLES = "- Inbrenger: Ik breng iets in\n- Groep: Ik denk mee\n\n"
HEAD = "| ronde | minuten | wie spreekt | wie luistert of zwijgt | vraag |\n| --- | --- | --- | --- | --- |\n"
TELL = "| Vertel | 3 | Inbrenger | Groep | Wat speelt er? |\n"
REACT = "| Reageer | 4 | Groep | Inbrenger zwijgt | Wat hoor je? |\n"
TOGETHER = "| Samen | 2 | Iedereen | | |\n"
BODY = f"Neem de tijd.\n\n{ROLES}{HEAD}{TELL}{REACT}"


def drawn(game: Play, view: str, state: Any = None) -> str:
    return game.shared(view, game.begin(state=state))


# The author


def test_rounds_are_the_rows_of_the_table_and_roles_the_list_before_it() -> None:
    protocol = settings_of("rondes", BODY).protocol

    assert [(role.name, role.words) for role in protocol.roles] == [
        ("Inbrenger", "Ik breng iets in"),
        ("Groep", "Ik denk mee"),
    ]
    assert [(each.title, each.minutes, each.question.plain) for each in protocol.rounds] == [
        ("Vertel", 3, "Wat speelt er?"),
        ("Reageer", 4, "Wat hoor je?"),
    ]
    assert (protocol.intro.plain, protocol.minutes) == ("Neem de tijd.", 7)


@pytest.mark.parametrize(
    ("row", "doing"),
    [
        (TELL, ["speaks", "listens"]),
        (REACT, ["silent", "speaks"]),
        (TOGETHER, ["together", "together"]),
        ("| Stil | 2 | Niemand | Iedereen zwijgt | |\n", ["silent", "silent"]),
        ("| Samen | 2 | Iedereen | inbrenger zwijgt | |\n", ["silent", "together"]),
    ],
)
def test_each_role_does_what_the_row_says(row: str, doing: list[str]) -> None:
    protocol = settings_of("rondes", f"{ROLES}{HEAD}{row}").protocol

    assert [protocol.rounds[0].does(role.name) for role in protocol.roles] == doing


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Alleen tekst.", ["7 rondes.no-rounds"]),
        ("| ronde | minuten |\n| --- | --- |\n| Een | 2 |", ["7 rondes.no-rounds"]),
        (f"{HEAD}| Een | 2 | Iedereen |\n{TOGETHER}", ["11 rondes.bad-row"]),
        (f"{HEAD}| Een | lang | Iedereen | | |\n{TOGETHER}", ["11 rondes.bad-minutes"]),
        (f"{HEAD}| Een | 61 | Iedereen | | |\n{TOGETHER}", ["11 rondes.bad-minutes"]),
        (f"{HEAD}| Een | 2 | Baas | | |", ["11 rondes.unknown-role"]),
        (f"{ROLES}{HEAD}| Een | 2 | Groep | inbrengr zwijgt | |", ["14 rondes.unknown-role"]),
        (f"- Inbrenger\n\n{HEAD}{TOGETHER}", ["9 rondes.bad-role"]),
        (f"- Iedereen: Ik ook\n\n{HEAD}{TOGETHER}", ["9 rondes.bad-role"]),
        (f"{HEAD}{TOGETHER * 9}", ["7 rondes.too-many"]),
    ],
)
def test_what_is_wrong_is_reported_on_its_line(body: str, found: list[str]) -> None:
    assert read("rondes", body)[1] == found


# Everybody together


def test_rounds_begin_after_the_rules_and_come_back_in_the_next_turn() -> None:
    settings = settings_of("rondes", BODY, "keer=2")
    state, seconds = KIND.start(settings), []
    while (following := KIND.forward(settings, state)) is not None:
        seconds.append(KIND.seconds(settings, state))
        state = following
    seconds.append(KIND.seconds(settings, state))

    assert seconds == [None, 180, 240, 180, 240]


def test_turn_can_be_cut_short() -> None:
    stage = Stage("rondes", BODY, "keer=2", state=RoundState(at=1))

    stage.press(ask("go", number=stage.controls[0].args["number"]))

    now = stage.view("screen")["now"]
    assert (now["turn"], now["number"]) == (2, 1)
    assert stage.controls == ()


def test_phone_knows_what_each_role_does_and_sends_nothing() -> None:
    page = drawn(play_of("rondes", BODY, "keer=2"), "phone", RoundState(at=2))

    assert "Jij zwijgt. Luister alleen." in page
    assert "Jij bent aan het woord." in page
    assert [each for each in read_page(page).buttons if "data-act" in each] == []
    assert read_page(page).forms == []


def test_screen_says_no_more_than_the_general_rule() -> None:
    page = drawn(play_of("rondes", BODY, "keer=2"), "screen", RoundState(at=2))

    assert "Zwijgt: <strong>Inbrenger</strong>" in page
    assert "Jij" not in page


def test_role_is_asked_again_in_the_next_turn() -> None:
    game = play_of("rondes", BODY, "keer=2")
    first, second = (drawn(game, "phone", RoundState(at=at)) for at in (2, 3))

    assert ('data-roles="stap/1"' in first, 'data-roles="stap/2"' in second) == (True, True)


# Groups by themselves


def test_group_moves_without_the_others() -> None:
    stage = Stage("rondes", BODY, "groepen=3")

    stage.act("a", "move", group="2", **{"from": "0"}, to="1")

    assert [row["now"]["at"] for row in stage.view("control")["groups"]] == [0, 1, 0]


def test_two_phones_that_press_at_once_move_their_group_once() -> None:
    stage = Stage("rondes", BODY, "groepen=3")
    pressed = {"group": "2", "from": "0", "to": "1"}

    assert [stage.act("a", "move", **pressed), stage.act("b", "move", **pressed)] == [None, None]

    assert stage.state.groups == {"2": 1}


def test_group_has_finished_after_its_last_round_and_can_go_back() -> None:
    stage = Stage("rondes", BODY, "groepen=2", state=RoundState(groups={"1": 2}))
    stage.act("a", "move", group="1", **{"from": "2"}, to="3")
    assert stage.view("screen")["groups"][0]["now"]["done"]

    stage.press(ask("move", group="1", **{"from": "3"}, to="2"))

    assert stage.view("screen")["groups"][0]["now"]["round"].title == "Reageer"


@pytest.mark.parametrize(
    "args",
    [
        {"group": "4", "from": "0", "to": "1"},
        {"group": "", "from": "0", "to": "1"},
        {"group": "1", "from": "0", "to": "2"},
        {"group": "1", "from": "0", "to": "-1"},
        {},
    ],
)
def test_move_that_no_page_offers_is_refused(args: dict[str, str]) -> None:
    stage = Stage("rondes", BODY, "groepen=3")

    assert isinstance(stage.act("a", "move", **args), Rejected)
    assert isinstance(stage.refusal(ask("move", **args)), Rejected)


def test_groups_by_themselves_have_no_common_round_and_no_common_time() -> None:
    settings = settings_of("rondes", BODY, "groepen=2")
    state = RoundState(groups={"1": 2})

    assert (KIND.forward(settings, state), KIND.seconds(settings, state)) == (None, None)


def test_buttons_of_a_group_name_it_and_the_round_that_it_leaves() -> None:
    game = play_of("rondes", BODY, "groepen=2")
    state = RoundState(groups={"2": 1})

    buttons = [each for each in read_page(drawn(game, "phone", state)).buttons if "data-act" in each]

    moves = [(each["data-arg-group"], each["data-arg-from"], each["data-arg-to"]) for each in buttons]
    assert moves == [("1", "0", "1"), ("2", "1", "2"), ("2", "1", "0")]

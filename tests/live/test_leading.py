"""Who leads: names stand where the notes say 'trainer 1' and 'trainer 2', and nothing else changes."""

import pytest
from markupsafe import Markup

from tests.support.klein import Desk
from trainer.kinds.contract import Rejected
from trainer.live.leading import leaders, named
from trainer.live.state import MeetingState

TWO = ("Sam", "Kim")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("trainer 1 opent", "Sam opent"),
        ("Trainer 2 leidt.", "Kim leidt."),
        ("de flap van trainer 1.", "de flap van Sam."),
        ("Trainer 1 leidt, trainer 2 schrijft", "Sam leidt, Kim schrijft"),
        ("trainers 1 en 2 lopen rond", "Sam en Kim lopen rond"),
        ("Trainers 2 of 1", "Kim of Sam"),
        ("trainer\n1 loopt", "Sam loopt"),
        ("trainer\u00a01", "Sam"),
        ("trainer 1's kaart", "Sam's kaart"),
        ("trainer 2: 5 minuten", "Kim: 5 minuten"),
    ],
)
def test_number_of_a_trainer_becomes_a_name(written: str, read: str) -> None:
    assert named(written, TWO) == read


@pytest.mark.parametrize(
    "text",
    [
        "",
        "trainer 3 leidt",
        "trainers 1 en 3",
        "trainers 1, 2 en 3",
        "trainer 12",
        f"trainer {'1' * 5000}",
        f"trainers 1 en {'2' * 5000}",
        "trainer 1.5",
        "trainer 1/2",
        "trainer 1-op-1",
        "Geef trainer 1 en 2 stoelen een plek",
        "cotrainer 1",
        "co-trainer 1",
        "trainer een",
        "beide trainers, 1 flap",
        "optie 1",
        "de trainer: 1 minuut",
    ],
)
def test_what_is_no_number_of_a_trainer_stays(text: str) -> None:
    assert named(text, TWO) == text
    assert named(Markup(text), TWO) == Markup(text)


def test_without_a_name_the_number_stays() -> None:
    assert (
        named("trainer 1 en trainer 2, trainers 1 en 2", ("", "Kim")) == "trainer 1 en Kim, trainers 1 en 2"
    )
    assert named("trainer 1", ()) == "trainer 1"


def test_name_keeps_its_small_letter_except_where_a_sentence_begins() -> None:
    assert named("Trainer 1 geeft trainer 1", ("van Dam",)) == "Van Dam geeft van Dam"


def test_names_in_html_are_escaped_and_tags_and_code_are_left_alone() -> None:
    html = Markup(
        '<p title="trainer 1 > trainer 2">Trainer 1</p><code>trainer 1</code><pre>trainer 2</pre>'
        "<strong>trainers&nbsp;1 en 2</strong>"
    )

    assert named(html, ("<b>", "Kim")) == Markup(
        '<p title="trainer 1 > trainer 2">&lt;b&gt;</p><code>trainer 1</code><pre>trainer 2</pre>'
        "<strong>&lt;b&gt;&nbsp;en Kim</strong>".replace("&nbsp;", " ")
    )


def test_html_stays_html_and_text_stays_text() -> None:
    assert isinstance(named(Markup("trainer 1"), TWO), Markup)
    assert not isinstance(named("trainer 1", ("<b>",)), Markup)
    assert named("trainer 1", ("<b>",)) == "<b>"


def test_trainers_change_places_in_one_block() -> None:
    desk = Desk()
    desk.do("lead", first=" Sam ", second="Kim")
    desk.do("swap", block="herstel")

    assert (leaders(desk.state, "herstel"), leaders(desk.state, "welkom")) == (("Kim", "Sam"), TWO)

    desk.do("swap", block="herstel", to="no")

    assert leaders(desk.state, "herstel") == TWO


def test_who_has_no_name_yet_is_called_by_the_number() -> None:
    assert leaders(MeetingState(), "welkom") == ()
    assert leaders(MeetingState(trainers=("Sam", "")), "welkom") == ("Sam", "trainer 2")
    assert leaders(MeetingState(swapped=("welkom",)), "welkom") == ("trainer 2", "trainer 1")


def test_two_empty_names_are_none() -> None:
    desk = Desk()
    desk.do("lead", first="Sam", second="Kim")

    assert desk.do("lead", first="", second=" ").trainers == ()


@pytest.mark.parametrize("typed", ["<script>", "x" * 41, "12", "het scherm"])
def test_what_is_no_name_is_refused(typed: str) -> None:
    refused = Desk().ask("lead", first="Sam", second=typed)

    assert isinstance(refused, Rejected) and refused.code == "bad-name"


def test_trainers_cannot_change_places_in_a_block_that_is_not_there() -> None:
    assert isinstance(Desk().ask("swap", block="weg"), Rejected)

"""Afspraken: what two people agree stays with them, and what somebody shares is a card like any other."""

import pytest

from tests.kinds.material_support import read
from tests.kinds.stage_support import Stage, ask
from tests.support.fragments import Page
from trainer.kinds.agreement import LONGEST
from trainer.kinds.contract import Rejected

BODY = "Spreek één ding af."
FULL = Rejected("full", "Je deelde al 3 regels. Haal er eerst een weg.")


def kept(stage: Stage) -> list[str]:
    """The names of the fields of the notebook on a phone, in their order."""
    page = Page(stage.play.shared("phone", stage.sitting))
    return [attributes["data-keep"] for _, attributes in page.elements if "data-keep" in attributes]


def shared(stage: Stage) -> Stage:
    for phone in ("a", "b", "c"):
        stage.send(phone, shared=f"regel van {phone}")
    return stage


# What is on a phone


def test_agreement_has_the_name_of_its_list_so_that_it_comes_back_in_a_later_part() -> None:
    first = Stage("afspraken", BODY, "lijst=samen")
    later = Stage("afspraken", BODY, "lijst=samen terug=ja")

    names = ["afspraak-samen-wat", "afspraak-samen-wie", "afspraak-samen-wanneer", "afspraak-samen-terug"]
    assert (kept(first), kept(later)) == (names, [*names, "afspraak-samen-hoe"])


def test_agreement_without_a_list_is_of_its_step_alone() -> None:
    stage = Stage("afspraken", BODY)

    assert kept(stage)[0] == f"afspraak-{stage.play.step.id}-wat"


def test_bad_name_of_a_list_and_a_missing_text_are_problems() -> None:
    _, problems = read("afspraken", "", 'lijst="Samen op pad"')

    assert problems == ["7 step.bad-value", "7 afspraken.no-text"]


def test_ideas_are_what_stands_under_each_title() -> None:
    settings, problems = read(
        "afspraken", f"{BODY}\n\n#### Teamlid\n\n- Loop mee.\n\n#### Buur\n\n- Kook mee."
    )

    assert (problems, [title for title, _ in settings.ideas]) == ([], ["Teamlid", "Buur"])


# What is shared


def test_each_line_is_a_card_so_that_no_other_tells_whose_it_is() -> None:
    stage = Stage("afspraken", BODY)
    one, two = stage.offer("a", shared="  samen eten "), stage.offer("a", shared=("samen eten", "ik kook"))

    assert (one, two.code) == ({"": {"text": "samen eten"}}, "invalid")
    assert any(
        "data-shares-one" in attributes
        for _, attributes in Page(stage.play.shared("phone", stage.sitting)).elements
    )


def test_nothing_or_too_much_cannot_be_shared() -> None:
    stage = Stage("afspraken", BODY)
    answers = (stage.offer("a", shared=" "), stage.offer("a", shared="x" * (LONGEST + 1)))

    assert [answer.code for answer in answers] == ["empty", "too-long"]


def test_one_phone_shares_three_lines_at_most() -> None:
    stage = Stage("afspraken", BODY)
    for text in ("een", "twee", "drie"):
        stage.send("a", shared=text)

    assert stage.offer("a", shared="vier") == FULL


def test_nothing_can_be_shared_once_it_is_closed() -> None:
    stage = Stage("afspraken", BODY).press("close")

    assert stage.offer("a", shared="te laat").code == "closed"


def test_what_is_shared_is_on_the_screen_when_the_trainer_shows_it() -> None:
    stage = shared(Stage("afspraken", BODY)).press("draw")
    before = stage.view("screen")["cards"]

    stage.press("show-all")

    assert (before, sorted(stage.view("screen")["cards"])) == ([], [f"regel van {key}" for key in "abc"])


def test_what_two_phones_share_must_wait() -> None:
    stage = Stage("afspraken", BODY)
    for phone in ("a", "b"):
        stage.send(phone, shared="samen eten")

    assert stage.refusal("draw").code == "few"


def pair(theirs: str = "samen eten") -> Stage:
    """Phones a and b share what they agreed, c and d each something else; all of it is on the screen."""
    stage = Stage("afspraken", BODY)
    for phone, text in (("a", "samen eten"), ("b", theirs), ("c", "elke week bellen")):
        stage.send(phone, shared=text)
    assert stage.refusal("draw").code == "few"

    stage.send("d", shared="een wandeling")
    return stage.press("draw", "show-all")


def words(stage: Stage) -> list[str]:
    return sorted(text.casefold().strip("!") for text in stage.view("screen")["cards"])


LINES = ["een wandeling", "elke week bellen", "samen eten"]


@pytest.mark.parametrize("theirs", ["samen eten", "Samen eten!"])
def test_what_a_pair_shares_is_one_line_to_all_others(theirs: str) -> None:
    stage = pair(theirs)
    control = stage.view("control")

    assert (words(stage), len(control["cards"]), control["shown"]) == (LINES, 3, 3)


@pytest.mark.parametrize(("away", "left"), [("a", "b"), ("b", "a")])
def test_line_of_a_pair_stays_as_it_was_until_both_took_it_back(away: str, left: str) -> None:
    stage = pair()
    before = stage.view("screen"), stage.view("control")

    stage.withdraw(away)
    stage.press("close", "open")
    assert (stage.view("screen"), stage.view("control")) == before

    stage.send("e", shared="een boek")
    stage.send("f", shared="een kaart")
    stage.send("g", shared="een lied")
    stage.press(ask("draw", 1), "show-all")
    stage.withdraw(left)
    stage.press("close")
    assert words(stage) == ["een boek", "een kaart", "een lied"]


def test_line_that_somebody_shares_when_it_is_on_the_screen_changes_nothing() -> None:
    stage = Stage("afspraken", BODY)
    for phone, text in (("a", "samen eten"), ("c", "elke week bellen"), ("d", "een wandeling")):
        stage.send(phone, shared=text)
    stage.press("draw", "show-all", "close", "open")
    before = stage.view("screen"), stage.view("control")

    stage.send("b", shared="samen eten")
    assert stage.refusal("draw").code == "few"
    assert (stage.view("screen"), stage.view("control"), stage.own("b")["cards"][0]["text"]) == (
        *before,
        "samen eten",
    )


@pytest.mark.parametrize("theirs", ["samen eten", "iets heel anders"])
def test_who_takes_a_line_back_does_not_read_whether_one_other_shares_it(theirs: str) -> None:
    stage = Stage("afspraken", BODY)
    for phone, text in (("a", "samen eten"), ("c", "elke week bellen"), ("d", "een wandeling")):
        stage.send(phone, shared=text)
    stage.press("draw", "show-all")

    stage.send("b", shared=theirs)
    stage.withdraw("a")
    stage.press("close", "open")
    assert (stage.view("screen")["cards"], stage.view("control")["cards"]) == ([], [])


def test_line_that_comes_later_with_three_others_stays_when_the_first_goes() -> None:
    stage = Stage("afspraken", BODY)
    for phone, text in (("a", "samen eten"), ("c", "elke week bellen"), ("d", "een wandeling")):
        stage.send(phone, shared=text)
    stage.press("draw", "show-all")
    for phone, text in (("b", "samen eten"), ("e", "een boek"), ("f", "een kaart"), ("g", "een lied")):
        stage.send(phone, shared=text)

    stage.press("draw", "show-all")
    stage.withdraw("a")
    stage.press("close", "open")
    assert words(stage) == sorted([*LINES, "een boek", "een kaart", "een lied"])


def test_line_that_others_see_already_hides_no_new_ones() -> None:
    stage = Stage("afspraken", BODY)
    for phone, text in (("a", "samen eten"), ("c", "elke week bellen"), ("d", "een wandeling")):
        stage.send(phone, shared=text)
    stage.press("draw")

    for phone, text in (("b", "samen eten"), ("e", "een boek"), ("f", "een kaart")):
        stage.send(phone, shared=text)
    assert stage.refusal("draw").code == "few"


def test_line_of_a_pair_is_held_back_for_both() -> None:
    stage = pair()
    line = next(card for card in stage.view("control")["cards"] if card["text"] == "samen eten")

    stage.press(ask("hold", id=line["id"]))
    stage.withdraw(line["id"])
    stage.press("show-all")

    assert words(stage) == LINES[:2]
    assert stage.press(ask("show", id=line["id"])) and words(stage) == LINES


def test_nothing_is_kept_of_what_is_shared() -> None:
    stage = shared(Stage("afspraken", BODY))
    for phone in ("d", "e"):
        stage.send(phone, shared=f"regel van {phone}")

    assert stage.press("draw").press("show-all").kept == ()

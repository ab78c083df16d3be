"""Afspraken: what two people agree stays with them, and what somebody shares is a card like any other."""

import pytest

from tests.kinds.material_support import read
from tests.kinds.stage_support import Stage
from tests.support.fragments import Page
from trainer.kinds.agreement import LONGEST
from trainer.kinds.contract import Rejected
from trainer.kinds.posts import BETWEEN

BODY = "Spreek één ding af."
FULL = Rejected("full", "Je deelde al 3 keer iets. Haal er eerst een weg.")


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


def test_lines_that_are_shared_together_are_one_card() -> None:
    offered = Stage("afspraken", BODY).offer("a", shared=("  samen eten ", "", "ik kook"))

    assert offered == {"": {"text": f"samen eten{BETWEEN}ik kook"}}


def test_nothing_or_too_much_cannot_be_shared() -> None:
    stage = Stage("afspraken", BODY)
    answers = (stage.offer("a", shared=" "), stage.offer("a", shared=("x" * LONGEST, "y")))

    assert [answer.code for answer in answers] == ["empty", "too-long"]


def test_one_phone_shares_three_times_at_most() -> None:
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


@pytest.mark.parametrize("theirs", ["samen eten", "Samen eten!", f"samen eten{BETWEEN}op dinsdag"])
def test_pair_that_shares_its_agreement_is_one_beside_the_others(theirs: str) -> None:
    stage = Stage("afspraken", BODY)
    for phone, text in (("a", "samen eten"), ("b", theirs), ("c", "elke week bellen")):
        stage.send(phone, shared=text)
    assert stage.refusal("draw").code == "few"

    stage.send("d", shared="een wandeling")
    stage.press("draw", "show-all")
    assert len(stage.view("screen")["cards"]) == 4


def test_nothing_is_kept_of_what_is_shared() -> None:
    stage = shared(Stage("afspraken", BODY))
    for phone in ("d", "e"):
        stage.send(phone, shared=f"regel van {phone}")

    assert stage.press("draw").press("show-all").kept == ()

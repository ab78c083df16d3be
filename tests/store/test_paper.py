"""Paper cards: control has the form for them where a kind takes them, and only while they can be entered."""

import pytest

from tests.store.acts import EVALUATION, FLAP, GAME, LINE, sealed
from tests.support.hall import Hall
from trainer.kinds.contract import Submission
from trainer.kinds.flap import Flap
from trainer.meetings.posting import NO_PAPER

CARD = Submission("", {"text": ("van papier",)})


class Phones(Flap):
    """A flap for phones alone."""

    # Its guide for trainers lies beside the module.
    __module__ = Flap.__module__
    paper = False


def form(hall: Hall) -> str:
    return str(hall.host.messages.control_values(hall.room)["enter_html"]).strip()


@pytest.mark.parametrize("step", [FLAP, LINE, EVALUATION, "stickers", "eens-of-oneens"])
def test_control_has_the_form_of_the_phones_without_the_choice_to_be_shown_alone(
    hall: Hall, step: str
) -> None:
    hall.do("goto", step=step)

    assert f'data-step="{step}"' in form(hall)
    assert 'name="alone"' not in form(hall)


def test_no_form_is_left_once_no_card_can_be_written(hall: Hall) -> None:
    hall.do("goto", step=GAME)
    assert "vulnerability" in form(hall)
    for number in range(3):
        assert hall.post(hall.phone(), GAME, vulnerability=f"bang {number}", passion="zingen") is None

    hall.do("do:start")

    assert form(hall) == ""


def test_a_step_that_is_sealed_takes_no_paper(hall: Hall) -> None:
    hall.do("goto", step=FLAP)
    assert hall.host.posting.enter(hall.meeting, FLAP, CARD) is None

    sealed(hall).do("goto", step=FLAP)

    assert form(hall) == ""


def test_a_kind_that_takes_no_paper_has_no_form_for_it_and_refuses_it(hall: Hall) -> None:
    hall.host.kinds = {**hall.host.kinds, Flap.name: Phones()}
    hall.host.rooms.forget([hall.meeting])
    hall.do("goto", step=FLAP)

    assert form(hall) == ""
    assert hall.host.posting.enter(hall.meeting, FLAP, CARD) == NO_PAPER
    assert hall.posts(FLAP) == []

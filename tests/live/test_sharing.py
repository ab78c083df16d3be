"""Trainers offer the group what a step showed, and take that back."""

import pytest

from tests.support.klein import Desk
from trainer.kinds.contract import Rejected
from trainer.live.views import control_view, phone_view, screen_view

FLAP, PERSONAL, FORM, TEXT = "wat-brengt-ervaring", "stickers", "hoe-was-het", "welkom"


def at(desk: Desk, step: str) -> Desk:
    desk.do("start")
    desk.do("goto", step=step)
    return desk


def test_step_is_shared_and_taken_back(desk: Desk) -> None:
    at(desk, FLAP)

    assert desk.do("share", step=FLAP, to="yes").shared == (FLAP,)
    assert desk.do("share", step=FLAP, to="yes").shared == (FLAP,)
    assert desk.do("share", step=FLAP, to="no").shared == ()


@pytest.mark.parametrize("step", [PERSONAL, FORM, TEXT, "bestaat-niet", ""])
def test_what_is_personal_or_for_trainers_only_is_not_shared(desk: Desk, step: str) -> None:
    at(desk, FLAP)

    refused = desk.ask("share", step=step, to="yes")

    assert isinstance(refused, Rejected)
    assert refused.message == "Van dit onderdeel valt niets te delen."


def test_only_what_is_on_the_screen_is_offered_and_any_offer_is_taken_back(desk: Desk) -> None:
    at(desk, FLAP).do("share", step=FLAP, to="yes")
    desk.do("goto", step=PERSONAL)

    again = desk.ask("share", step=FLAP, to="yes")

    assert isinstance(again, Rejected)
    assert again.message == "Deel een onderdeel terwijl het op het scherm is."
    assert desk.do("share", step=FLAP, to="no").shared == ()


def test_nothing_is_shared_before_the_meeting_began(desk: Desk) -> None:
    assert isinstance(desk.ask("share", step=FLAP, to="yes"), Rejected)


def test_step_that_begins_again_is_offered_anew(desk: Desk) -> None:
    at(desk, FLAP).do("share", step=FLAP, to="yes")

    assert desk.do("restart").shared == ()


def test_every_view_says_what_is_shared(desk: Desk) -> None:
    at(desk, FLAP).do("share", step=FLAP, to="yes")
    views = [make(desk.scene()) for make in (control_view, screen_view, phone_view)]
    assert [(view["shares_here"], view["may_share"]) for view in views] == [(True, FLAP)] * 3

    desk.do("goto", step=PERSONAL)

    view = phone_view(desk.scene())
    assert view["shared"] == [{"id": FLAP, "title": "Wat brengt ervaring?"}]
    assert (view["shares_here"], view["may_share"]) == (False, "")

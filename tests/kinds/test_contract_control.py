"""How the buttons and forms of every kind can be used: in groups, and with questions that are asked."""

from tests.kinds.contract_paths import explored
from tests.kinds.contract_support import AUTHOR, every_kind, play
from tests.support.fragments import read_page

MOST_TOGETHER = 5


@every_kind
def test_no_more_than_five_buttons_stand_together_under_one_title(name: str) -> None:
    game = play(name)
    for sitting in explored(name):
        groups = [control.group for control in game.controls(sitting)]
        assert [group for group in set(groups) if groups.count(group) > MOST_TOGETHER] == []


@every_kind
def test_a_form_that_sends_itself_asks_nothing(name: str) -> None:
    # The question would come at every choice, with the choice already made.
    game = play(name)
    for sitting in explored(name):
        forms = read_page(game.own(sitting, f"{AUTHOR}-0") + game.shared("control", sitting)).forms
        assert [form for form in forms if {"data-auto", "data-confirm"} <= form.attributes.keys()] == []


@every_kind
def test_a_form_that_sends_itself_has_one_choice(name: str) -> None:
    # Who listens on the network counts messages: with several boxes to tick, that is how many were ticked.
    game = play(name)
    for sitting in explored(name):
        page = read_page(game.own(sitting, f"{AUTHOR}-0") + game.shared("phone", sitting))
        found = [form for form in page.forms if {"data-auto", "data-post"} <= form.attributes.keys()]
        assert [form.inputs for form in found if [*form.inputs.values()] != ["radio"]] == []

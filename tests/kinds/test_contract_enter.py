"""What a trainer enters for somebody without a phone, in every kind."""

from tests.kinds.contract_paths import explored
from tests.kinds.contract_support import every_posting_kind, filled, play
from tests.support.fragments import read_page
from trainer.kinds.contract import Rejected, Submission


@every_posting_kind
def test_paper_can_be_entered_or_the_kind_says_that_it_takes_none(name: str) -> None:
    game = play(name)
    forms = read_page(game.enter(game.begin())).forms
    assert bool(forms) is game.kind.paper
    assert [form for form in forms if "data-post" not in form.attributes] == []


@every_posting_kind
def test_what_is_on_paper_is_accepted_as_what_a_phone_sends(name: str) -> None:
    game = play(name)
    for state in game.forwards():
        for form in read_page(game.enter(game.begin(state=state))).forms:
            asked = Submission(form.attributes["data-item"], filled(form, 0))
            assert not isinstance(game.kind.accept(game.settings, state, asked, ()), Rejected), asked


@every_posting_kind
def test_paper_is_entered_with_a_button_that_sends_and_shown_without_leave(name: str) -> None:
    game = play(name)
    for sitting in explored(name):
        page = read_page(game.enter(sitting))
        sends = [attributes for tag, attributes in page.elements if attributes.get("type") == "submit"]
        assert len(sends) == len(page.forms)
        assert [form for form in page.forms if "alone" in form.options] == []


@every_posting_kind
def test_paper_takes_nothing_back_and_does_nothing_for_a_phone(name: str) -> None:
    game = play(name)
    for sitting in explored(name):
        found = {key for _, attributes in read_page(game.enter(sitting)).elements for key in attributes}
        assert found & {"data-withdraw", "data-act", "data-refill"} == set()

"""What a phone keeps of a step once the meeting is closed, in every kind that leaves something."""

from tests.kinds.contract_support import every_kind, play
from tests.kinds.template_support import template_of
from tests.support.fragments import Page


@every_kind
def test_what_is_left_is_made_of_the_settings_alone_and_sends_nothing(name: str) -> None:
    game = play(name)
    template = template_of(game.kind, "closed")
    if template is not None:
        html = template.render(step=game.step, settings=game.settings)
        assert html.strip()
        assert Page(html).forms == []
        assert {key for _, all_ in Page(html).elements for key in all_ if key in SENT} == set()


SENT = {"data-withdraw", "data-act", "data-command", "data-post"}

"""What a group does in an exercise, so that there is something to look at."""

from tests.browser.people import Sitting
from tests.support.pages import Phone
from trainer import kinds
from trainer.curriculum.model import Step


def fill(sitting: Sitting, step: Step, crowd: list[Phone]) -> None:
    """Everybody sends what people send here, and trainers show it where that can be."""
    kind = kinds.discover()[step.kind]
    if not kind.takes_posts or kind.places(step.settings):
        return
    for seed, phone in enumerate(crowd):
        form = kind.example(step.settings, seed)
        fields = {name: list(values) for name, values in form.fields.items()}
        assert phone.post(step.id, item=form.item, **fields) == {"ok": True}
    for name in ("do:draw", "do:show-all"):
        sitting.hidden.command(name)

"""Reports of an exercise with cards and a vote, and what is kept of them."""

from tests.kinds.gate_support import Step
from trainer.kinds import keeping
from trainer.kinds.contract import Post, Report, Texts, Totals
from trainer.kinds.posts import Posts

TOTALS = Totals("stem", "Eens?", "1", ("ja", "nee", "anders"))


def wall(*keys: str) -> Texts:
    """A report in which these cards were on the screen."""
    return Texts("kaarten", "Waar denk je aan?", keys)


def drawn(*sent: Post) -> Step:
    """These cards, let through and on the screen."""
    step = Step().send(*sent)
    assert step.ask(draw=("",)) is None
    return step.look()


def texts(report: Report, posts: Posts) -> tuple[str, ...] | None:
    (kept,) = keeping.keep(report, posts, {})
    return kept.texts

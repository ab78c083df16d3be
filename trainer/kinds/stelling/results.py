"""The results that were shown, for every view, and the shift between two rounds."""

from typing import Any

from trainer.kinds.contract import Seen, Tally
from trainer.kinds.stelling.votes import Settings, VoteState, item_of
from trainer.kinds.tally import bars, people


def public_view(settings: Settings, state: VoteState, seen: Seen) -> dict[str, Any]:
    """What everybody may see: only the results that were shown."""
    round_ = 2 if state.index in state.second else 1
    item, first = item_of(state.index, round_), item_of(state.index, 1)
    now = seen.picture(item) if item in state.shown else None
    before = seen.picture(first) if round_ == 2 and first in state.shown else None
    return {
        "number": state.index + 1,
        "total": len(settings.questions),
        "question": settings.questions[state.index],
        "options": settings.options,
        "round": round_,
        "rounds": settings.rounds,
        "open": item not in state.closed,
        "shown": now is not None,
        "several": settings.several,
        "result": bars(settings.labels, now) if now else (),
        "before": bars(settings.labels, before) if before else (),
        "shift": _shift(settings, before, now) if before and now else (),
        "voted": people(now.answered) if now else "",
    }


def _shift(settings: Settings, before: Tally, now: Tally) -> tuple[dict[str, Any], ...]:
    """For each answer both rounds, and the difference in people in words."""
    both = zip(bars(settings.labels, before), bars(settings.labels, now), strict=True)
    return tuple(
        {"label": old["label"], "before": old, "after": new, "change": _change(new["count"] - old["count"])}
        for old, new in both
    )


def _change(people_more: int) -> str:
    if not people_more:
        return "gelijk"
    return f"{abs(people_more)} {'meer' if people_more > 0 else 'minder'}"

"""Whatever trainers press, in whatever order: no command raises, and what must always be so stays so."""

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.support.klein import Desk, klein_part
from trainer.kinds import discover
from trainer.kinds.contract import ROOM, Post, Rejected
from trainer.kinds.posts import Posts
from trainer.live.clock import Origin
from trainer.live.commands import HANDLERS
from trainer.live.order import running_order
from trainer.live.stored import state_from_json, state_to_json
from trainer.live.views import control_view, phone_view, screen_view

STEPS = [step.id for step in klein_part().steps()]
BLOCKS = [block.id for block in klein_part().blocks]
KIND_COMMANDS = [
    "show", "hide", "close", "reopen", "second", "first", "go", "summary", "room", "start", "open", "define",
    "cloud", "cards", "totals", "turn", "question", "page", "draw", "show-all", "hold", "group", "move",
    "merge", "away", "finish", "silent",
]  # fmt: skip
PAYLOADS = [
    ("1/1", {"choices": [0]}),
    ("1", {"choices": [4]}),
    ("", {"text": "lef"}),
    ("", {"text": "gek", "colour": "geel"}),
    ("kaart", {"vulnerability": "bang", "passion": "zingen"}),
]
# Of each as many as must be there before others see any of it.
CARDS = [
    Post(f"00000000-0000-4000-8000-0000000000{phone}{n}", item, f"{phone:032x}", payload)
    for phone in range(ROOM)
    for n, (item, payload) in enumerate(PAYLOADS)
]
SENT = Posts(CARDS, (), {item: ROOM for item, _ in PAYLOADS})

odd = st.sampled_from(["", "²", "-1", "99999999999999999999", "\ud800", "a" * 200, "<b>"]) | st.text(
    max_size=5
)
arguments = st.fixed_dictionaries(
    {},
    optional={
        "step": st.sampled_from(STEPS) | odd,
        "block": st.sampled_from(BLOCKS) | odd,
        "minutes": st.integers(-1, 500).map(str) | odd,
        "group": st.just("stigma:1") | odd,
        "option": st.sampled_from(["1", "2", "3"]) | odd,
        "to": st.just("no") | odd,
        "number": st.sampled_from(["0", "1", "2", "3"]) | odd,
        "id": st.sampled_from([card.id for card in CARDS]) | odd,
        "card": st.sampled_from([card.id for card in CARDS]) | odd,
        "text": odd,
    },
)
names = st.one_of(
    st.sampled_from(["next", "next", "next", "back", "goto"]),
    # Closing ends everything, so it must not come too soon in most of the sequences.
    st.sampled_from(sorted(set(HANDLERS) - {"close"})),
    st.sampled_from([f"do:{name}" for name in KIND_COMMANDS]),
    odd,
)
presses = st.lists(st.tuples(names, arguments, st.floats(0, 40)), max_size=25)


def check_always_true(desk: Desk) -> None:
    state = desk.state
    assert state.phase in ("lobby", "live", "closed")
    assert state.step in ([""] if state.phase == "lobby" else ["", *STEPS])
    assert (state.step == "") == (state.phase == "lobby") or state.phase == "closed"
    assert (state.timer is not None) == (state.phase == "live")
    assert set(state.skipped) <= set(BLOCKS)
    assert set(state.begun) <= set(BLOCKS)
    assert set(state.left) <= set(STEPS) - {state.step}
    assert set(state.kinds) <= set(STEPS)
    assert all(1 <= minutes <= 480 for minutes in state.minutes.values())
    assert len(running_order(klein_part(), state)) <= len(STEPS)


def check_views(desk: Desk) -> None:
    for view in (phone_view, screen_view, control_view):
        json.dumps(view(desk.scene()), default=str)


def check_can_be_stored(desk: Desk) -> None:
    origin = Origin()
    stored = json.loads(state_to_json(desk.state, origin))
    assert state_from_json(stored, klein_part(), discover(), origin) == desk.state


@given(presses)
def test_any_sequence_of_commands_keeps_a_meeting_whole(
    sequence: list[tuple[str, dict[str, Any], float]],
) -> None:
    desk = Desk(posts=SENT)
    for name, args, minutes in sequence:
        before = desk.state
        outcome = desk.later(minutes).ask(name, **args)
        if isinstance(outcome, Rejected):
            assert desk.state == before
            assert outcome.message
        else:
            assert outcome.version == before.version + 1
        check_always_true(desk)
    check_views(desk)
    check_can_be_stored(desk)


@given(presses)
def test_from_anywhere_the_meeting_can_be_closed(sequence: list[tuple[str, dict[str, Any], float]]) -> None:
    desk = Desk(posts=SENT)
    for name, args, minutes in sequence:
        desk.later(minutes).ask(name, **args)

    assert desk.do("close").phase == "closed"
    check_views(desk)


@given(presses)
def test_next_always_comes_to_an_end(sequence: list[tuple[str, dict[str, Any], float]]) -> None:
    desk = Desk(posts=SENT)
    for name, args, minutes in sequence:
        desk.later(minutes).ask(name, **args)

    for _ in range(60):
        if isinstance(desk.ask("next"), Rejected):
            return
    raise AssertionError(f"still going after 60 times next: {desk.state}")

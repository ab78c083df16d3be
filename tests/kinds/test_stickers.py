"""Stickers: yellow and blue, up to a number of each, on a wall that the trainer shows and turns."""

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from trainer.curriculum.model import Text
from trainer.kinds.contract import Command, Post, Rejected, Submission
from trainer.kinds.stickers import KIND, Settings, StickersState
from trainer.kinds.stickers.colours import BLUE, YELLOW


def text(plain: str) -> Text:
    return Text(Markup(plain), plain)


SETTINGS = Settings(text("Schrijf stickers."), (text("Hoe is plakken?"), text("Hoe is geplakt worden?")))


def sticker(key: str, colour: str = "geel") -> Post:
    return Post(key, "", f"author-{key}", {"colour": colour, "text": f"tekst {key}"})


WALL = [sticker("a"), sticker("b", "blauw"), sticker("c"), sticker("d", "blauw")]


def ask(name: str, **args: str) -> Command:
    return Command(name, {key: (value,) for key, value in args.items()})


def after(
    *commands: Command | str, posts: Sequence[Post] = WALL, state: StickersState | None = None
) -> StickersState:
    state = state or StickersState()
    for command in commands:
        asked = Command(command) if isinstance(command, str) else command
        result = KIND.apply(SETTINGS, state, asked, posts)
        assert isinstance(result, StickersState), result
        state = result
    return state


def submit(own: Sequence[Post] = (), state: StickersState | None = None, **fields: str) -> Any:
    submission = Submission("", {name: (value,) for name, value in fields.items()})
    return KIND.accept(SETTINGS, state or StickersState(), submission, own)


def on_screen(state: StickersState, posts: Sequence[Post] = WALL) -> list[tuple[str, str]]:
    return [(found["word"], found["text"]) for found in KIND.screen(SETTINGS, state, posts)["stickers"]]


def test_accept_knows_the_colour_by_its_field() -> None:
    assert submit(geel=" lui ") == {"": {"colour": "geel", "text": "lui"}}
    assert submit(geel="", blauw="dapper") == {"": {"colour": "blauw", "text": "dapper"}}


def test_accept_counts_each_colour_on_its_own() -> None:
    yellow = [sticker(key) for key in "abc"]

    assert submit(yellow, geel="vierde") == Rejected("full", "Je hebt al 3 keer geel. Haal er eerst een weg.")
    assert submit(yellow, blauw="eerste") == {"": {"colour": "blauw", "text": "eerste"}}


def test_accept_nothing_or_both_or_too_long_is_refused() -> None:
    assert submit() == Rejected("empty", "Je hebt nog niets geschreven.")
    assert submit(geel="a", blauw="b") == Rejected("invalid", "Stuur één sticker tegelijk.")
    assert submit(geel="x" * 62) == Rejected(
        "too-long", "Je tekst is 2 tekens te lang. Kort hem in en stuur opnieuw."
    )


def test_accept_after_closing_is_refused_until_reopened() -> None:
    closed = after("close")

    assert submit(state=closed, geel="a") == Rejected("closed", "Het insturen is gesloten.")
    assert submit(state=after("open", state=closed), geel="a") == {"": {"colour": "geel", "text": "a"}}


def test_own_lists_the_stickers_by_colour_with_what_is_left() -> None:
    view = KIND.own(SETTINGS, StickersState(), "me", [WALL[2], WALL[0], WALL[1]], WALL)

    assert [
        (row["colour"], [found["id"] for found in row["stickers"]], row["left"]) for row in view["colours"]
    ] == [(YELLOW, ["a", "c"], 1), (BLUE, ["b"], 2)]


def test_wall_is_empty_until_shown_and_then_shuffled_by_id() -> None:
    arrived = WALL[::-1]
    drawn = after("draw", posts=arrived)

    assert on_screen(drawn, arrived) == []
    assert [found["text"] for found in KIND.control(SETTINGS, drawn, arrived)["stickers"]] == [
        "tekst a", "tekst b", "tekst c", "tekst d",
    ]  # fmt: skip
    assert on_screen(after("show-all", state=drawn), arrived) == [
        ("stigma", "tekst a"), ("kracht", "tekst b"), ("stigma", "tekst c"), ("kracht", "tekst d"),
    ]  # fmt: skip


def test_control_before_drawing_has_counts_only() -> None:
    view = KIND.control(SETTINGS, StickersState(), WALL)

    assert (view["waiting"], view["stickers"]) == (4, [])


def test_wall_turns_from_yellow_to_blue_and_to_both() -> None:
    yellow = after("draw", "show-all", ask("colour", colour="geel"))
    blue = after(ask("colour", colour="blauw"), state=yellow)

    assert on_screen(yellow) == [("stigma", "tekst a"), ("stigma", "tekst c")]
    assert on_screen(blue) == [("kracht", "tekst b"), ("kracht", "tekst d")]
    assert len(on_screen(after(ask("colour", colour=""), state=blue))) == 4


def test_turning_offers_the_other_colour() -> None:
    labels = [
        next(control.label for control in KIND.controls(SETTINGS, state, WALL) if control.name == "colour")
        for state in (StickersState(), StickersState(colour="geel"), StickersState(colour="blauw"))
    ]

    assert labels == ["Draai de muur naar geel", "Draai de muur naar blauw", "Draai de muur naar geel"]


def test_middle_shows_one_sticker_and_back_the_wall() -> None:
    state = after("draw", "show-all", ask("middle", id="b"))
    view = KIND.screen(SETTINGS, state, WALL)

    assert view["middle"] == {"colour": "blauw", "word": "kracht", "text": "tekst b"}
    assert view["stickers"] == []
    assert len(on_screen(after("back", state=state))) == 4


def test_middle_that_was_taken_back_or_held_leaves_the_wall() -> None:
    state = after("draw", "show-all", ask("middle", id="b"))

    assert KIND.screen(SETTINGS, state, [WALL[0]])["middle"] is None
    assert on_screen(state, [WALL[0]]) == [("stigma", "tekst a")]
    assert KIND.screen(SETTINGS, after(ask("hold", id="b"), state=state), WALL)["middle"] is None


def test_middle_of_what_was_not_drawn_is_refused() -> None:
    assert KIND.apply(SETTINGS, StickersState(), ask("middle", id="a"), WALL) == Rejected(
        "gone", "Deze kaart is er niet meer."
    )


def test_held_sticker_does_not_come_with_show_all() -> None:
    assert on_screen(after("draw", ask("hold", id="a"), "show-all"), WALL[:2]) == [("kracht", "tekst b")]


def test_questions_come_one_by_one_on_screen_and_phone() -> None:
    first = after(ask("question", number="1"))
    second = after(ask("question", number="2"), state=first)

    assert KIND.screen(SETTINGS, first, [])["question"] == SETTINGS.questions[0]
    assert KIND.phone(SETTINGS, second)["question"] == SETTINGS.questions[1]
    assert [
        control.label for control in KIND.controls(SETTINGS, second, []) if control.name == "question"
    ] == ["Verberg de vraag"]
    assert KIND.screen(SETTINGS, after(ask("question", number="0"), state=second), [])["question"] is None


def test_nothing_is_exported() -> None:
    assert KIND.retention == "step"
    assert KIND.report(SETTINGS, after("draw", "show-all"), WALL) == ()


@pytest.mark.parametrize(
    "command", [Command("dance"), ask("colour", colour="rood"), ask("question", number="3")]
)
def test_unknown_command_is_refused(command: Command) -> None:
    assert KIND.apply(SETTINGS, StickersState(), command, WALL) == Rejected(
        "unknown", "Deze knop bestaat hier niet."
    )


def test_state_survives_storage() -> None:
    state = after("draw", "show-all", ask("middle", id="b"), ask("question", number="1"), "close")

    assert msgspec.json.decode(msgspec.json.encode(state), type=StickersState) == state


NAMES = ("draw", "show", "show-all", "hold", "middle", "back", "colour", "question", "page", "close", "open")
ANY = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from("abcd"),
    st.sampled_from(["", "geel", "blauw"]),
    st.sampled_from("0123"),
    st.sets(st.integers(0, 3)),
)


@given(st.lists(ANY, max_size=15))
def test_any_history_shows_no_sticker_that_the_trainer_did_not_show(history: list[Any]) -> None:
    state = StickersState()
    for name, key, colour, number, present in history:
        posts = [WALL[index] for index in sorted(present)]
        result = KIND.apply(SETTINGS, state, ask(name, id=key, colour=colour, number=number), posts)
        state = result if isinstance(result, StickersState) else state
        screen = str(KIND.screen(SETTINGS, state, posts))
        seen = {post.id for post in WALL if f"tekst {post.id}" in screen}
        assert seen <= set(state.batches.shown) & {post.id for post in posts}
        KIND.control(SETTINGS, state, posts)
        for control in KIND.controls(SETTINGS, state, posts):
            if control.enabled:
                assert isinstance(
                    KIND.apply(SETTINGS, state, ask(control.name, **control.args), posts), StickersState
                )

"""Flap: answers come in, wait, are drawn, shown and ordered; nothing is seen before its time."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from trainer.curriculum.model import Text
from trainer.kinds.contract import Command, Post, Rejected, Submission, Texts
from trainer.kinds.flap import KIND, Settings
from trainer.kinds.flap.cards import Card, Group, Order, add_group, faces, merge, merge_same, move, split
from trainer.kinds.flap.moves import FlapState
from trainer.kinds.flap.words import Word, cloud

PLAIN = Settings(question=Text(Markup("Wat is herstel?"), "Wat is herstel?"), prompts=())
DEFINING = replace(PLAIN, define=True)


def card(key: str, text: str = "") -> Post:
    return Post(key, "", f"author-{key}", {"text": text or f"tekst {key}"})


def cards(keys: str) -> list[Post]:
    return [card(key) for key in keys]


def after(*commands: Command | str, posts: Sequence[Post], state: FlapState | None = None) -> FlapState:
    state = state or FlapState()
    for command in commands:
        asked = Command(command) if isinstance(command, str) else command
        result = KIND.apply(DEFINING, state, asked, posts)
        assert isinstance(result, FlapState), result
        state = result
    return state


def ask(name: str, **args: str) -> Command:
    return Command(name, {key: (value,) for key, value in args.items()})


def submit(
    text: str, state: FlapState | None = None, own: Sequence[Post] = (), settings: Settings = PLAIN
) -> Any:
    return KIND.accept(settings, state or FlapState(), Submission("", {"text": (text,)}), own)


def on_screen(state: FlapState, posts: Sequence[Post]) -> list[tuple[str, list[tuple[str, int]]]]:
    sections = KIND.screen(PLAIN, state, posts)["sections"]
    return [(part["title"], [(card.text, card.count) for card in part["cards"]]) for part in sections]


# What a phone may send


def test_accept_cleans_the_text() -> None:
    assert submit("  veel\u202e\n rust ") == {"": {"text": "veel rust"}}


def test_accept_more_than_the_most_is_refused() -> None:
    refused = Rejected("full", "Je hebt er al 5 ingestuurd. Haal er eerst een weg.")

    assert submit("nog een", own=cards("abcde")) == refused
    assert submit("nog een", own=cards("abcd")) == {"": {"text": "nog een"}}


def test_accept_too_long_or_empty_is_refused() -> None:
    assert submit("x" * 81) == Rejected(
        "too-long", "Je tekst is 1 teken te lang. Kort hem in en stuur opnieuw."
    )
    assert submit(" \u200b ") == Rejected("empty", "Je hebt nog niets geschreven.")


def test_accept_after_closing_is_refused_until_reopened() -> None:
    closed = after("close", posts=[])

    assert submit("te laat", closed) == Rejected("closed", "Het insturen is gesloten.")
    assert submit("toch nog", after("open", posts=[], state=closed)) == {"": {"text": "toch nog"}}


def test_own_lists_the_posts_of_this_phone() -> None:
    posts = [*cards("ba"), card("c")]

    assert KIND.own(PLAIN, FlapState(), "me", posts[:2], posts) == {
        "cards": [{"id": "a", "text": "tekst a"}, {"id": "b", "text": "tekst b"}],
        "left": 3,
        "closed": False,
    }


# Batches, on every view


def test_nothing_is_seen_before_drawing() -> None:
    posts = cards("abcd")

    assert on_screen(FlapState(), posts) == []
    assert KIND.control(PLAIN, FlapState(), posts)["waiting"] == 4
    assert "tekst" not in str(KIND.control(PLAIN, FlapState(), posts)["sections"])


def test_drawn_cards_are_for_the_trainers_only() -> None:
    posts = cards("cab")
    state = after("draw", posts=posts)
    seen = KIND.control(PLAIN, state, posts)["sections"][0]["cards"]

    assert [found["text"] for found in seen] == ["tekst a", "tekst b", "tekst c"]
    assert on_screen(state, posts) == []


def test_show_one_then_all_but_the_held_one() -> None:
    posts = cards("abc")
    one = after("draw", ask("show", id="b"), posts=posts)
    rest = after(ask("hold", id="a"), "show-all", posts=posts, state=one)

    assert on_screen(one, posts) == [("", [("tekst b", 1)])]
    assert on_screen(rest, posts) == [("", [("tekst b", 1), ("tekst c", 1)])]


def test_straggler_waits_for_the_next_batch() -> None:
    posts = cards("abc")
    state = after("draw", "show-all", posts=posts)
    late = [*posts, card("d")]

    assert KIND.apply(PLAIN, state, Command("draw"), late) == Rejected(
        "few", "Wacht tot er 3 nieuwe teksten zijn, of sluit het insturen."
    )
    assert on_screen(after("show-all", posts=late, state=state), late) == on_screen(state, posts)


def test_withdrawn_card_is_gone_everywhere() -> None:
    posts = cards("abc")
    state = after(
        "draw", "show-all", ask("group", title="Rust"), ask("move", id="a", group="g1"), posts=posts
    )

    assert on_screen(state, posts[1:]) == [("", [("tekst b", 1), ("tekst c", 1)])]
    assert KIND.apply(PLAIN, state, ask("hold", id="a"), posts[1:]) == Rejected(
        "gone", "Deze kaart is er niet meer."
    )


# Groups and piles


def test_group_and_move_order_the_screen() -> None:
    posts = cards("abc")
    state = after(
        "draw", "show-all", ask("group", title=" Rust  "), ask("move", id="c", group="g1"), posts=posts
    )

    assert on_screen(state, posts) == [("Rust", [("tekst c", 1)]), ("", [("tekst a", 1), ("tekst b", 1)])]
    assert (
        on_screen(after(ask("rename", group="g1", title="Stilte"), posts=posts, state=state), posts)[0][0]
        == "Stilte"
    )
    assert on_screen(after(ask("ungroup", group="g1"), posts=posts, state=state), posts) == [
        ("", [("tekst a", 1), ("tekst b", 1), ("tekst c", 1)])
    ]


def test_move_out_of_a_group_makes_the_card_loose() -> None:
    order = move(move(add_group(Order(), "Rust"), "a", "g1"), "a", "")

    assert order.groups == (Group("g1", "Rust", ()),)


def test_group_without_title_or_beyond_twelve_is_refused() -> None:
    full = after(*[ask("group", title=f"Groep {n}") for n in range(12)], posts=[])

    assert KIND.apply(PLAIN, FlapState(), ask("group", title=" "), []) == Rejected(
        "empty", "Je hebt nog niets geschreven."
    )
    assert KIND.apply(PLAIN, full, ask("group", title="Nog een"), []) == Rejected(
        "full", "Meer dan 12 groepen past niet op het scherm."
    )


def test_group_that_is_gone_is_refused_kindly() -> None:
    assert KIND.apply(PLAIN, FlapState(), ask("rename", group="g1", title="x"), []) == Rejected(
        "gone", "Deze groep is er niet meer."
    )


def test_merge_counts_and_keeps_the_card_on_top() -> None:
    posts = cards("abc")
    state = after("draw", "show-all", ask("merge", id="a", into="c"), posts=posts)

    assert on_screen(state, posts) == [("", [("tekst c", 2), ("tekst b", 1)])]
    assert on_screen(state, posts[:2]) == [("", [("tekst a", 1), ("tekst b", 1)])]
    assert on_screen(after(ask("split", id="c"), posts=posts, state=state), posts) == [
        ("", [("tekst a", 1), ("tekst b", 1), ("tekst c", 1)])
    ]


def test_merge_with_a_shown_card_keeps_the_shown_text() -> None:
    posts = cards("abc")
    state = after("draw", ask("show", id="b"), ask("merge", id="b", into="a"), posts=posts)

    assert on_screen(state, posts) == [("", [("tekst b", 2)])]


def test_merge_with_a_held_card_is_refused() -> None:
    posts = cards("abc")
    state = after("draw", ask("hold", id="a"), posts=posts)
    refused = Rejected("held", "Deze kaart houd je achter. Toon hem eerst.")

    assert KIND.apply(PLAIN, state, ask("merge", id="a", into="b"), posts) == refused
    assert KIND.apply(PLAIN, state, ask("merge", id="b", into="a"), posts) == refused


def test_hold_goes_for_the_whole_pile() -> None:
    posts = cards("abc")
    state = after("draw", "show-all", ask("merge", id="a", into="b"), ask("hold", id="b"), posts=posts)

    assert on_screen(state, posts) == [("", [("tekst c", 1)])]
    assert on_screen(state, [posts[0], posts[2]]) == [("", [("tekst c", 1)])]


def test_same_merges_what_says_the_same() -> None:
    posts = [card("a", "Rust!"), card("b", "rust"), card("c", "ritme")]
    state = after("draw", "same", "show-all", posts=posts)

    assert on_screen(state, posts) == [("", [("Rust!", 2), ("ritme", 1)])]


def test_merge_moves_the_cards_into_the_group_of_the_top_one() -> None:
    order = merge(move(add_group(Order(), "Rust"), "b", "g1"), "a", "b")

    assert order == Order((Group("g1", "Rust", ("b", "a")),), (("b", "a"),))
    assert split(order, "a").groups == order.groups


def test_faces_do_not_know_what_is_not_there() -> None:
    assert faces(Order(piles=(("x", "a"),)), [card("a")]) == (Card("a", "tekst a", 1, ""),)
    assert merge_same(Order(), []) == Order()


def test_pick_marks_one_card_and_unmarks_it() -> None:
    posts = cards("abc")
    picked = after("draw", ask("pick", id="b"), posts=posts)

    assert KIND.control(PLAIN, picked, posts)["picked"] == "b"
    assert KIND.control(PLAIN, picked, [posts[0]])["picked"] == ""
    assert after(ask("pick", id="b"), posts=posts, state=picked).picked == ""


# Word cloud, pages, definition


def test_cloud_counts_cards_without_stop_words() -> None:
    assert cloud(["Er zijn en rust", "Rust rust", "Ik wil ritme", "rust en ritme", "a"]) == (
        Word("ritme", 2, 3),
        Word("rust", 3, 5),
    )


def test_cloud_of_many_words_gets_smaller() -> None:
    sizes = {word.size for word in cloud(f"samenwerken{number}" for number in range(60))}

    assert sizes == {1}


def test_cloud_of_nothing_is_empty() -> None:
    assert cloud([]) == cloud(["de het een"]) == ()


def test_cloud_shows_only_what_is_shown() -> None:
    posts = [card("a", "rust"), card("b", "ritme"), card("c", "geheim")]
    state = after("draw", ask("show", id="a"), "cloud", posts=posts)

    assert KIND.screen(PLAIN, state, posts)["cloud"] == (Word("rust", 1, 5),)


@given(st.lists(st.text(max_size=40), max_size=30))
def test_cloud_of_any_texts_has_sizes_from_one_to_five(texts: list[str]) -> None:
    assert {word.size for word in cloud(texts)} <= {1, 2, 3, 4, 5}


def test_pages_appear_when_the_cards_do_not_fit() -> None:
    posts = [card(f"{n:03}", f"{n:03} {'woorden ' * 9}") for n in range(40)]
    state = after("draw", "show-all", posts=posts)
    pages = [control for control in KIND.controls(PLAIN, state, posts) if control.name == "page"]
    second = after(ask("page", number="1"), posts=posts, state=state)

    assert [(control.args["number"], control.enabled) for control in pages] == [("-1", False), ("1", True)]
    assert KIND.screen(PLAIN, second, posts)["page"] == 2
    assert on_screen(second, posts) != on_screen(state, posts)


def test_definition_is_on_screen_and_phone_and_can_be_emptied() -> None:
    state = after(ask("define", text="Herstel is van jezelf."), posts=[])

    assert KIND.screen(DEFINING, state, [])["definition"] == "Herstel is van jezelf."
    assert KIND.phone(DEFINING, state)["definition"] == "Herstel is van jezelf."
    assert after(ask("define", text=""), posts=[], state=state).definition == ""


def test_definition_when_the_step_has_none_is_refused() -> None:
    assert KIND.apply(PLAIN, FlapState(), ask("define", text="x"), []) == Rejected(
        "unknown", "Deze knop bestaat hier niet."
    )


# Report and storage


def test_report_leaves_out_what_was_held_back_or_never_drawn() -> None:
    posts = cards("abc")
    state = after("draw", ask("hold", id="b"), ask("define", text="Samen"), posts=posts)

    assert KIND.report(DEFINING, state, [*posts, card("d")]) == (
        Texts("antwoorden", "Wat is herstel?", ("tekst a", "tekst c")),
        Texts("definitie", "Onze definitie", ("Samen",), by_trainers=True),
    )


def test_state_survives_storage() -> None:
    posts = cards("abcd")
    state = after(
        "draw", "show-all", ask("group", title="Rust"), ask("move", id="a", group="g1"), posts=posts
    )
    state = after(
        ask("merge", id="b", into="c"), ask("hold", id="d"), ask("pick", id="a"), posts=posts, state=state
    )

    assert msgspec.json.decode(msgspec.json.encode(state), type=FlapState) == state


KEYS = "abcdef"
NAMES = (
    "show-all",
    "draw",
    "close",
    "open",
    "cloud",
    "cards",
    "same",
    "page",
    "define",
    "group",
    "rename",
    "ungroup",
    "show",
    "hold",
    "move",
    "pick",
    "merge",
    "split",
)
ANY = st.tuples(
    st.sampled_from(NAMES),
    st.sampled_from(KEYS),
    st.sampled_from(KEYS),
    st.sampled_from(["", "g1", "g2"]),
    st.sets(st.sampled_from(KEYS)),
)


@given(st.lists(ANY, max_size=20))
def test_any_history_shows_each_shown_text_once_and_no_other(history: list[Any]) -> None:
    state = FlapState()
    for name, key, into, group, present in history:
        posts = cards("".join(sorted(present)))
        asked = ask(name, id=key, into=into, group=group, title="Titel", text="tekst", number="1")
        result = KIND.apply(DEFINING, state, asked, posts)
        if isinstance(result, FlapState):
            state = result
        shown = {post.id for post in posts} & set(state.batches.shown)
        counts = [count for _, part in on_screen(state, posts) for _, count in part]
        texts = {text[-1] for _, part in on_screen(state, posts) for text, _ in part}
        assert sum(counts) == len(shown)
        assert texts <= shown
        KIND.control(DEFINING, state, posts)
        for control in KIND.controls(DEFINING, state, posts):
            if control.enabled:
                offered = Command(control.name, {name: (value,) for name, value in control.args.items()})
                assert isinstance(KIND.apply(DEFINING, state, offered, posts), FlapState)


@pytest.mark.parametrize("name", ["", "dance", "define"])
def test_unknown_command_is_refused(name: str) -> None:
    assert KIND.apply(PLAIN, FlapState(), Command(name), []) == Rejected(
        "unknown", "Deze knop bestaat hier niet."
    )

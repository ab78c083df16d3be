"""Diagnose me!: cards stay closed until opened, and nobody but the owner's phone knows whose they are."""

from collections.abc import Sequence
from typing import Any

import msgspec
import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from markupsafe import Markup

from trainer.curriculum.model import Text
from trainer.kinds.contract import Command, Post, Rejected, Submission
from trainer.kinds.diagnose_me import KIND, Settings
from trainer.kinds.diagnose_me.game import DiagnoseState


def text(plain: str) -> Text:
    return Text(Markup(plain), plain)


QUESTIONS = (text("Wat viel je op?"), text("Wat neem je mee?"))
SETTINGS = Settings(text("Schrijf een kaart."), QUESTIONS, names=True)
NAMELESS = Settings(text("Schrijf een kaart."), QUESTIONS)


def card(key: str) -> Post:
    payload = {"vulnerability": f"kwetsbaar-{key}", "passion": f"hobby-{key}"}
    return Post(key, "kaart", f"author-{key}", payload)


POSTS = [card(key) for key in "abc"]


def ask(name: str, seed: int = 0, /, **args: str) -> Command:
    return Command(name, {key: (value,) for key, value in args.items()}, seed)


def led(
    *commands: Command | str, posts: Sequence[Post] = POSTS, state: DiagnoseState | None = None
) -> DiagnoseState:
    """The state after commands of the trainer."""
    state = state or DiagnoseState()
    for command in commands:
        asked = Command(command) if isinstance(command, str) else command
        result = KIND.apply(SETTINGS, state, asked, posts)
        assert isinstance(result, DiagnoseState), result
        state = result
    return state


def does(state: DiagnoseState, who: str, name: str, posts: Sequence[Post] = POSTS, /, **args: str) -> Any:
    """What comes of an action on the phone that wrote card `who`."""
    return KIND.act(SETTINGS, state, ask(name, **args), f"author-{who}", posts)


def own(state: DiagnoseState, who: str, posts: Sequence[Post] = POSTS) -> dict[str, Any]:
    mine = [post for post in posts if post.author == f"author-{who}"]
    return dict(KIND.own(SETTINGS, state, f"author-{who}", mine, posts))


def screen(state: DiagnoseState, posts: Sequence[Post] = POSTS) -> dict[str, Any]:
    return dict(KIND.screen(SETTINGS, state, posts))


def labels(state: DiagnoseState, posts: Sequence[Post] = POSTS) -> list[str]:
    return [control.label for control in KIND.controls(SETTINGS, state, posts) if control.enabled]


def write(vulnerability: str, passion: str, state: DiagnoseState | None = None) -> Any:
    fields = {"vulnerability": (vulnerability,), "passion": (passion,)}
    return KIND.accept(SETTINGS, state or DiagnoseState(), Submission("", fields), ())


# Writing


def test_accept_stores_both_texts_as_one_card() -> None:
    assert write(" slecht slapen ", "duiven") == {
        "kaart": {"vulnerability": "slecht slapen", "passion": "duiven"}
    }


def test_accept_without_one_of_both_says_which() -> None:
    assert write("slecht slapen", " ") == Rejected("empty", "Hobby of passie: vul ook dit in.")
    assert write("x" * 121, "duiven") == Rejected(
        "too-long", "Kwetsbaarheid: je tekst is 1 teken te lang. Kort hem in en stuur opnieuw."
    )


def test_accept_when_the_cards_are_on_the_table_is_refused() -> None:
    assert write("a", "b", led("start")) == Rejected(
        "closed", "De kaarten liggen al op tafel. Je mag wel mee raden."
    )


def test_only_the_count_is_seen_while_writing() -> None:
    assert KIND.control(SETTINGS, DiagnoseState(), POSTS)["count"] == 3
    assert screen(DiagnoseState()) == screen(DiagnoseState(), [])
    assert "kwetsbaar" not in str(KIND.control(SETTINGS, DiagnoseState(), POSTS))


def test_start_needs_three_cards() -> None:
    assert KIND.apply(SETTINGS, DiagnoseState(), Command("start"), POSTS[:2]) == Rejected(
        "few", "Er zijn minstens 3 kaarten nodig."
    )
    assert labels(DiagnoseState(), POSTS[:2]) == []
    assert labels(DiagnoseState()) == ["Leg de kaarten op tafel"]


def test_start_gives_a_random_author_the_turn() -> None:
    turns = {led(ask("start", seed)).turn for seed in range(3)}

    assert turns == {"author-a", "author-b", "author-c"}


def test_start_too_early_can_be_undone_until_a_card_is_open() -> None:
    assert led("start", "write") == DiagnoseState()
    assert KIND.apply(SETTINGS, led("start", "open"), Command("write"), POSTS) == Rejected(
        "closed", "Dat kan nu niet."
    )


# A turn


def test_turn_chooses_a_closed_card_on_the_own_phone_alone() -> None:
    state = led(ask("start", 1))

    assert [own(state, who)["choices"] for who in "abc"] == [(), (1, 2, 3), ()]
    assert does(state, "a", "open", card="1") == Rejected("turn", "Je bent nu niet aan de beurt.")
    assert "author" not in str(screen(state)) + str(KIND.phone(SETTINGS, state))


def test_open_shows_the_card_on_the_screen_and_to_the_reader() -> None:
    state = does(led(ask("start", 1)), "b", "open", card="3")
    texts = {"vulnerability": "kwetsbaar-c", "passion": "hobby-c"}

    assert screen(state)["open"] == texts
    assert (own(state, "b")["reading"], own(state, "a")["reading"]) == (texts, None)
    assert screen(state)["closed"] == (1, 2)


def test_open_second_card_before_the_first_is_resolved_is_refused() -> None:
    state = does(led(ask("start", 1)), "b", "open", card="3")
    busy = Rejected("busy", "Er ligt nog een kaart open. Raad eerst van wie hij is.")

    assert does(state, "b", "open", card="1") == busy
    assert does(state, "b", "pass") == busy
    assert KIND.apply(SETTINGS, state, Command("open"), POSTS) == busy


@pytest.mark.parametrize("number", ["0", "4", "-1", "x", "", "²", "99999999"])
def test_open_a_card_that_is_not_there_is_refused(number: str) -> None:
    assert does(led(ask("start", 1)), "b", "open", card=number) == Rejected(
        "gone", "Deze kaart ligt er niet meer. Kies een andere."
    )


def test_mine_is_for_the_owner_alone_and_gives_the_next_turn() -> None:
    state = does(led(ask("start", 1)), "b", "open", card="3")
    claimed = does(state, "c", "mine")

    assert does(state, "a", "mine") == Rejected("not-yours", "Dit is niet jouw kaart.")
    assert claimed.turn == "author-c"
    assert own(claimed, "c")["choices"] == (1, 2)
    assert screen(claimed)["claimed"] is True


def test_mine_tells_nobody_who_it_was() -> None:
    state = does(led(ask("start", 1)), "b", "open", card="3")
    claimed = does(state, "c", "mine")
    shared = str(screen(claimed)) + str(KIND.phone(SETTINGS, claimed)) + str(own(claimed, "a"))

    assert "author" not in shared + str(KIND.control(SETTINGS, claimed, POSTS))
    assert own(claimed, "c")["claimed"] is True
    assert own(claimed, "a")["claimed"] is False


def test_claim_button_is_on_every_phone_with_a_card() -> None:
    state = does(led(ask("start", 1)), "b", "open", card="3")

    assert [own(state, who)["may_claim"] for who in "abc"] == [True, True, True]
    assert own(state, "z")["may_claim"] is False


def test_silent_owner_is_left_alone_and_the_turn_goes_to_who_had_none() -> None:
    state = does(led(ask("start", 1)), "b", "open", card="3")
    silent = led(ask("silent", 0), state=state)

    assert screen(silent)["silent"] is True
    assert silent.turn == "author-a"
    assert does(silent, "c", "mine").turn == "author-c"


def test_owner_without_a_phone_says_so_aloud() -> None:
    state = led("told", state=led("start", "open"))

    assert screen(state)["claimed"] is True
    assert labels(state)[:2] == ["Open zelf een kaart", "Geef iemand anders de beurt"]


def test_pass_gives_somebody_else_the_turn() -> None:
    state = led(ask("start", 1))

    assert does(state, "b", "pass").turn == "author-a"
    assert does(state, "a", "pass") == Rejected("turn", "Je bent nu niet aan de beurt.")


def test_turn_by_the_trainer_goes_to_another() -> None:
    assert led("turn", state=led("start")).turn == "author-b"


def test_away_takes_a_card_off_the_screen_for_good() -> None:
    state = led("start", "open", "away")

    assert screen(state)["open"] is None
    assert screen(state)["closed"] == (2, 3)


# Taking back


def test_open_card_that_is_taken_back_vanishes_and_the_turn_stays() -> None:
    state = does(led(ask("start", 1)), "b", "open", card="3")
    left = POSTS[:2]

    assert screen(state, left)["open"] is None
    assert own(state, "b", left)["choices"] == (1, 2)
    assert "kwetsbaar-c" not in str(screen(state, left)) + str(own(state, "b", left))


def test_closed_card_that_is_taken_back_leaves_its_number_empty() -> None:
    state = led(ask("start", 1))

    assert screen(state, POSTS[1:])["closed"] == (2, 3)
    assert does(state, "b", "open", POSTS[1:], card="1") == Rejected(
        "gone", "Deze kaart ligt er niet meer. Kies een andere."
    )


def test_turn_of_somebody_who_took_the_own_card_back_is_over() -> None:
    state = led(ask("start", 1))
    left = [POSTS[0], POSTS[2]]

    assert screen(state, left)["someone"] is False
    assert does(state, "b", "open", left, card="1") == Rejected("turn", "Je bent nu niet aan de beurt.")
    assert screen(led("open", posts=left, state=state), left)["open"] is not None


# Names


def test_names_are_shown_alphabetically_once_the_cards_are_on_the_table() -> None:
    state = does(does(DiagnoseState(), "c", "name", name=" zoë"), "a", "name", name="Bo")

    assert screen(led("start", state=state))["names"] == ("Bo", "zoë")
    assert screen(state)["names"] == ()


def test_name_is_nowhere_beside_an_author() -> None:
    assert does(DiagnoseState(), "a", "name", name="Bo") == DiagnoseState(names=("Bo",))


def test_name_can_be_taken_back_by_phone_and_trainer() -> None:
    state = does(DiagnoseState(), "a", "name", name="Bo")

    assert does(state, "a", "name", name="Bo") == state
    assert does(state, "a", "unname", name=" Bo") == DiagnoseState()
    assert led(ask("drop-name", name="Bo"), state=state) == DiagnoseState()


def test_names_are_no_more_than_cards() -> None:
    state = DiagnoseState(names=("Bo", "Jo", "Mo"))

    assert does(state, "a", "name", name="Zo") == Rejected("full", "Er staan al evenveel namen als kaarten.")
    assert does(state, "a", "unname", name="Bo") == DiagnoseState(names=("Jo", "Mo"))


def test_name_without_a_card_or_when_not_asked_is_refused() -> None:
    asked = ask("name", name="Bo")

    assert does(DiagnoseState(), "z", "name", name="Bo") == Rejected("closed", "Schrijf eerst je kaart.")
    assert KIND.act(NAMELESS, DiagnoseState(), asked, "author-a", POSTS) == Rejected(
        "unknown", "Deze knop bestaat hier niet."
    )
    assert KIND.own(NAMELESS, DiagnoseState(), "author-a", POSTS[:1], POSTS)["may_name"] is False


# The end


def test_finish_forgets_turns_and_names() -> None:
    named = does(DiagnoseState(), "a", "name", name="Bo")
    state = led("start", "open", "silent", "finish", state=named)

    assert (state.phase, state.turn, state.had, state.names) == ("done", "", (), ())
    assert "kwetsbaar" not in str(screen(state))


def test_all_open_leads_to_the_debriefing() -> None:
    state = led("start", "open", "silent", "open", "silent", "open", "silent")

    assert labels(state) == ["Naar de nabespreking"]


def test_questions_come_one_by_one_on_screen_and_phone() -> None:
    state = led("start", "finish", ask("question", number="2"))

    assert screen(state)["question"] == KIND.phone(SETTINGS, state)["question"] == QUESTIONS[1]
    assert screen(led("resume", state=state))["question"] is None


def test_nothing_is_kept_or_exported() -> None:
    assert KIND.retention == "step"
    assert KIND.report(SETTINGS, led("start", "open"), POSTS) == ()


def test_state_survives_storage() -> None:
    state = does(led("start", "open"), "a", "name", name="Bo")

    assert msgspec.json.decode(msgspec.json.encode(state), type=DiagnoseState) == state


@pytest.mark.parametrize("name", ["", "dance", "question"])
def test_unknown_command_is_refused(name: str) -> None:
    assert KIND.apply(SETTINGS, DiagnoseState(), Command(name), POSTS) == Rejected(
        "unknown", "Deze knop bestaat hier niet."
    )


PHONES = st.sampled_from("abcde")
SEEDS = st.integers(0, 9)
COMMANDS = ("start", "write", "silent", "told", "turn", "open", "away", "finish", "resume", "question")


class Exercise(RuleBasedStateMachine):
    """Whatever people press, in whatever order, with cards coming and going."""

    def __init__(self) -> None:
        super().__init__()
        self.state = DiagnoseState()
        self.cards: dict[str, Post] = {}

    @property
    def posts(self) -> list[Post]:
        return list(self.cards.values())

    def take(self, result: Any) -> None:
        assert isinstance(result, DiagnoseState | Rejected)
        if isinstance(result, DiagnoseState):
            self.state = result

    @rule(who=PHONES)
    def writes(self, who: str) -> None:
        if not isinstance(write(f"kwetsbaar-{who}", f"hobby-{who}", self.state), Rejected):
            self.cards[who] = card(who)

    @rule(who=PHONES)
    @precondition(lambda self: self.cards)
    def takes_back(self, who: str) -> None:
        self.cards.pop(who, None)

    @rule(seed=SEEDS, data=st.data())
    def trainer_presses_a_button(self, seed: int, data: st.DataObject) -> None:
        offered = [control for control in KIND.controls(SETTINGS, self.state, self.posts) if control.enabled]
        if offered:
            chosen = data.draw(st.sampled_from(offered))
            result = KIND.apply(SETTINGS, self.state, ask(chosen.name, seed, **chosen.args), self.posts)
            assert isinstance(result, DiagnoseState), (chosen, result)
            self.state = result

    @rule(
        name=st.sampled_from(COMMANDS),
        seed=SEEDS,
    )
    def trainer_was_too_late(self, name: str, seed: int) -> None:
        self.take(KIND.apply(SETTINGS, self.state, ask(name, seed, number="1"), self.posts))

    @rule(who=PHONES, name=st.sampled_from(["open", "pass", "mine", "name", "unname"]), number=SEEDS)
    def phone_acts(self, who: str, name: str, number: int) -> None:
        self.take(does(self.state, who, name, self.posts, card=str(number), name=f"Naam {who}"))

    @rule(number=SEEDS)
    def whose_turn_it_is_opens_a_card(self, number: int) -> None:
        for who in "abcde":
            choices = own(self.state, who, self.posts)["choices"]
            if choices:
                result = does(self.state, who, "open", self.posts, card=str(choices[number % len(choices)]))
                assert isinstance(result, DiagnoseState)
                self.state = result
                return

    @invariant()
    def closed_cards_are_secret(self) -> None:
        shared = str(screen(self.state, self.posts)) + str(KIND.phone(SETTINGS, self.state))
        shared += str(KIND.control(SETTINGS, self.state, self.posts))
        on_screen = {self.state.open} if self.state.phase == "guessing" else set()
        assert "author" not in shared
        for key in "abcde":
            if key not in on_screen or key not in self.cards:
                assert f"kwetsbaar-{key}" not in shared

    @invariant()
    def phones_know_their_own_card_and_what_is_open(self) -> None:
        for who in "abcde":
            view = str(own(self.state, who, self.posts))
            allowed = {who, self.state.open if self.state.phase == "guessing" else ""}
            assert not [key for key in "abcde" if f"kwetsbaar-{key}" in view and key not in allowed]
            assert "author" not in view

    @invariant()
    def at_most_one_phone_may_choose(self) -> None:
        assert sum(bool(own(self.state, who, self.posts)["choices"]) for who in "abcde") <= 1

    @invariant()
    def order_of_posts_means_nothing(self) -> None:
        assert screen(self.state, self.posts) == screen(self.state, self.posts[::-1])


Exercise.TestCase.settings = hypothesis_settings(max_examples=25, stateful_step_count=25, deadline=None)
TestExercise = Exercise.TestCase

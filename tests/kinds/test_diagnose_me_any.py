"""Diagnose me!: whatever people press, in whatever order, closed cards are secret."""

from diagnose_support import write, written
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from stage_support import ask

PHONES = st.sampled_from("abcde")
SEEDS = st.integers(0, 9)
COMMANDS = ("start", "silent", "told", "turn", "open", "away", "finish", "resume", "question")


class Exercise(RuleBasedStateMachine):
    """Whatever people press, in whatever order, with cards coming and going."""

    def __init__(self) -> None:
        super().__init__()
        self.stage = written("")

    @rule(who=PHONES)
    def writes(self, who: str) -> None:
        if self.stage.state.phase == "writing" and not self.stage.sitting.of(who):
            write(self.stage, who)

    @rule(who=PHONES)
    def takes_back(self, who: str) -> None:
        for post in self.stage.sitting.of(who):
            self.stage.withdraw(post.id)

    @rule(seed=SEEDS, data=st.data())
    def trainer_presses_a_button(self, seed: int, data: st.DataObject) -> None:
        offered = [control for control in self.stage.controls if control.enabled]
        if offered:
            chosen = data.draw(st.sampled_from(offered))
            refused = self.stage.refusal(ask(chosen.name, seed, **chosen.args))
            assert refused is None or refused.code == "few", (chosen, refused)

    @rule(name=st.sampled_from(COMMANDS), seed=SEEDS)
    def trainer_was_too_late(self, name: str, seed: int) -> None:
        self.stage.refusal(ask(name, seed, number="1"))

    @rule(who=PHONES, name=st.sampled_from(["open", "pass", "mine"]), number=SEEDS)
    def phone_acts(self, who: str, name: str, number: int) -> None:
        self.stage.act(who, name, card=str(number))

    @rule(number=SEEDS)
    def whose_turn_it_is_opens_a_card(self, number: int) -> None:
        for who in "abcde":
            choices = self.stage.own(who)["choices"]
            if choices:
                assert self.stage.act(who, "open", card=str(choices[number % len(choices)])) is None
                return

    @property
    def on_screen(self) -> set[str]:
        state = self.stage.state
        return {state.open} & self.on_the_table if state.phase == "guessing" else set()

    @property
    def on_the_table(self) -> set[str]:
        return {card.id for card in self.stage.seen.cards}

    @invariant()
    def closed_cards_are_secret(self) -> None:
        shared = "".join(str(self.stage.view(name)) for name in ("screen", "phone", "control"))
        told = {key for key in "abcde" if f"kwetsbaar-{key}" in shared}
        assert told <= self.on_screen

    @invariant()
    def phones_know_their_own_card_and_what_is_open(self) -> None:
        for who in "abcde":
            view = str(self.stage.own(who))
            assert {key for key in "abcde" if f"kwetsbaar-{key}" in view} <= {who} | self.on_screen

    @invariant()
    def at_most_one_phone_may_choose(self) -> None:
        assert sum(bool(self.stage.own(who)["choices"]) for who in "abcde") <= 1

    @invariant()
    def cards_of_no_or_of_three_phones_lie_on_the_table(self) -> None:
        staying = [post for post in self.stage.sitting.posts.here if not post.leaving]
        there = {post.author for post in staying if post.id in self.on_the_table}
        leaving = [post for post in self.stage.sitting.posts.here if post.leaving]
        assert leaving or len(there) == 0 or len(there) >= 3


Exercise.TestCase.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
TestExercise = Exercise.TestCase

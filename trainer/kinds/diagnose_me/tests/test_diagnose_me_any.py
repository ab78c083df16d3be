"""Diagnose me!: whatever people press, in whatever order, a card is of at least three phones."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.kinds.stage_support import ask
from tests.support.thorough import examples
from trainer.kinds.diagnose_me.tests.support import SECRET, says_so, write, written

EVERYBODY = "abcdefg"
PHONES = st.sampled_from(EVERYBODY)
SEEDS = st.integers(0, 9)
COMMANDS = ("start", "silent", "told", "turn", "open", "away", "finish", "resume", "question")


class Exercise(RuleBasedStateMachine):
    """Whatever people press, in whatever order, with cards coming and going.

    `known` are the phones of which the room was told which card is theirs. `dealt` are those that had a card
    when the cards were laid on the table.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stage = written("")
        self.known: set[str] = set()
        self.dealt: set[str] = set()

    @initialize(phones=st.integers(0, len(EVERYBODY)), paper=st.booleans(), begun=st.booleans())
    def some_wrote(self, phones: int, paper: bool, begun: bool) -> None:
        for who in EVERYBODY[:phones]:
            write(self.stage, who)
        if paper:
            write(self.stage, "p", paper=True)
        if begun:
            self._press("start", 0)

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
            refused = self._press(chosen.name, seed, **chosen.args)
            assert refused is None or refused.code == "few", (chosen, refused)

    @rule(name=st.sampled_from(COMMANDS), seed=SEEDS)
    def trainer_was_too_late(self, name: str, seed: int) -> None:
        self._press(name, seed, number="1")

    def _press(self, name: str, seed: int, **args: str):
        before = self.on_screen
        refused = self.stage.refusal(ask(name, seed, **args))
        if refused is None and name == "told":
            self.known |= before & set(EVERYBODY)
        if refused is None and name == "start":
            self.dealt = self._owners()
        return refused

    @rule(who=PHONES, name=st.sampled_from(["open", "pass"]), number=SEEDS)
    def phone_acts(self, who: str, name: str, number: int) -> None:
        self.stage.act(who, name, card=str(number))

    @rule(who=PHONES)
    def phone_says_that_the_card_is_its_own(self, who: str) -> None:
        offered, open_card = self.stage.own(who)["may_claim"], self.on_screen
        refused = says_so(self.stage, who)
        if refused is None:
            assert open_card == {who}
            self.known.add(who)
        elif offered:
            assert refused == SECRET

    @rule(aloud=st.booleans())
    def a_card_is_opened_and_its_owner_says_so(self, aloud: bool) -> None:
        self._press("silent", 0)
        self._press("open", 0)
        if aloud:
            self._press("told", 0)
        for who in self.on_screen & set(EVERYBODY):
            self.phone_says_that_the_card_is_its_own(who)

    @rule(number=SEEDS)
    def whose_turn_it_is_opens_a_card(self, number: int) -> None:
        for who in EVERYBODY:
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

    def _owners(self) -> set[str]:
        """The phones with a card on the table that they have not taken back."""
        here = [post for post in self.stage.sitting.posts.here if not (post.leaving or post.paper)]
        return {post.author for post in here if post.id in self.on_the_table}

    @invariant()
    def closed_cards_are_secret(self) -> None:
        shared = "".join(str(self.stage.view(name)) for name in ("screen", "phone", "control"))
        told = {key for key in (*EVERYBODY, "p") if f"kwetsbaar-{key}" in shared}
        assert told <= self.on_screen

    @invariant()
    def phones_know_their_own_card_and_what_is_open_and_one_may_choose(self) -> None:
        views, on_screen = {who: self.stage.own(who) for who in EVERYBODY}, self.on_screen
        for who, view in views.items():
            words = str(view)
            assert {key for key in EVERYBODY if f"kwetsbaar-{key}" in words} <= {who} | on_screen
        assert sum(bool(view["choices"]) for view in views.values()) <= 1

    @invariant()
    def a_card_on_the_table_can_be_of_three_phones(self) -> None:
        leaving = any(post.leaving for post in self.stage.sitting.posts.here)
        assert leaving or len(self._owners() - self.known) not in (1, 2)

    @invariant()
    def a_card_that_was_discussed_can_be_of_three_phones(self) -> None:
        # Also when it is gone: nothing tells which of these took theirs back.
        assert len(self.dealt - self.known) not in (1, 2)


Exercise.TestCase.settings = settings(examples(40), stateful_step_count=30)
TestExercise = Exercise.TestCase

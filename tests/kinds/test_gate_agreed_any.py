"""Whatever people agree on, share and take back: nobody sees that a line is there twice."""

from collections.abc import Sequence

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.kinds.gate_support import Step
from trainer.kinds import gate
from trainer.kinds.contract import Post
from trainer.kinds.posts import Posts

# A phone and the line that it shares, a card (by number) that is taken back, or a press of the trainer.
LINES = ("eten", "Eten!", "bellen", "lopen", "lezen")
SHARED = st.tuples(st.sampled_from("abcdef"), st.sampled_from(LINES))
MOVES = st.lists(st.one_of(SHARED, SHARED, st.integers(0, 9), st.just(None)), max_size=30)


# Two phones with one line, and two others, before anything else happens.
PAIR = (("a", "eten"), ("b", "eten"), ("c", "bellen"), ("d", "lopen"), None)
Move = tuple[str, str] | int | None


class Wall:
    """A step in which phones share lines, and what others see of it."""

    def __init__(self) -> None:
        self.step = Step(Posts(agreed="text"))
        self.number = 0

    def move(self, move: Move) -> None:
        self.number += 1
        if isinstance(move, tuple):
            phone, line = move
            post = Post(f"{self.number:03}", "", phone, {"text": line})
            self.step.send(post)
        elif move is None:
            self.step.ask(seed=self.number, draw=("",))
            self.step.posts = gate.settled(self.step.posts)
        elif self.step.posts.here:
            self.take_back(self.step.posts.here[move % len(self.step.posts.here)])

    def take_back(self, post: Post) -> None:
        self.step.withdraw(post.id)

    def go_on_without(self, phone: str, moves: Sequence[int | None]) -> None:
        """The trainer presses, and phones but this one take back what they share."""
        for move in moves:
            others = [post for post in self.step.posts.here if post.author != phone]
            if move is None or not others:
                self.move(None)
            else:
                self.take_back(others[move % len(others)])

    @property
    def lines(self) -> dict[str, str]:
        """What others see, by the id under which they see it."""
        cards = gate.seen(self.step.posts, {}).cards
        return {card.id: str(card.payload["text"]).strip("!").casefold() for card in cards}

    @property
    def carried(self) -> set[str]:
        """The ids of what somebody shares who did not take it back."""
        return {
            gate.card_of(post) for post in self.step.posts.here if gate.is_card(post) and not post.leaving
        }

    @property
    def fallen(self) -> set[str]:
        """The lines of what left because fewer than three people would have stayed."""
        posts = filter(gate.has_fallen, self.step.posts.here)
        return {str(post.payload["text"]).strip("!").casefold() for post in posts}


@given(MOVES)
def test_a_line_is_there_once_and_changes_with_three_people_or_when_nobody_has_it(
    moves: Sequence[Move],
) -> None:
    wall = Wall()
    for move in (*PAIR, *moves):
        before, carried = wall.lines, wall.carried
        wall.move(move)
        after = wall.lines

        assert len(after) == len({*after.values()})
        assert len(after) == 0 or len(after) >= 3
        assert len(after.keys() - before.keys()) in (0, *range(3, 9))
        assert move is None or after == before
        # What somebody still has there stays, unless too few people would stay with it.
        assert {before[key] for key in carried - after.keys()} <= wall.fallen


@given(MOVES, st.lists(st.one_of(st.integers(0, 9), st.just(None)), max_size=10), st.sampled_from(LINES))
def test_what_one_phone_shared_alone_shows_in_nothing_that_others_take_back(
    moves: Sequence[Move], later: Sequence[int | None], line: str
) -> None:
    worlds = [Wall(), Wall()]
    for wall, said in zip(worlds, (line, "iets anders"), strict=True):
        for move in (*PAIR, *moves, None):
            wall.move(move)
        # Beside two others that wait, 'too few' tells of the three that two say the same.
        assume(all(post.seen for post in wall.step.posts.here))
        wall.move(("z", said))
        wall.go_on_without("z", [*later, None])

    assert worlds[0].lines == worlds[1].lines

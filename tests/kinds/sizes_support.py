"""What is measured of the messages of an exercise: its real steps, all that one phone sends, what it gets."""

import random
import re
import uuid
from functools import cache, partial
from pathlib import Path

from tests.kinds.contract_support import AUTHOR, Play, Sitting, play
from tests.support.fragments import Form
from trainer import kinds, wire
from trainer.curriculum.parse import read_library
from trainer.kinds.contract import Post, Rejected, Submission
from trainer.kinds.private import private_view
from trainer.kinds.sizes import Sizes, sizes_of
from trainer.live.places import steps_at

ROOT = Path(__file__).resolve().parents[2]
POSTING = [name for name, kind in kinds.discover().items() if kind.takes_posts]
FORMS = 40


@cache
def real_games() -> dict[str, Play]:
    """The exercises of the programmes that are really given; where tables do one, the first table does."""
    library, _ = read_library(ROOT / "content", kinds.interpret)
    found: dict[str, Play] = {}
    for part in (part for programme in library.values() for part in programme.parts):
        for step in (step for step in part.steps() if step.kind in POSTING):
            kind = kinds.discover()[step.kind]
            here = next(iter(steps_at(kind, step).values()), step)
            found[f"{part.id}/{step.id}"] = Play(kind, here, part)
    return found


def sizes(game: Play) -> Sizes:
    return sizes_of(game.step, game.kind, partial(game.fragment, "own"))


@cache
def sample_sizes(name: str) -> Sizes:
    return sizes(play(name))


def filled(form: Form, character: str, several: set[str]) -> Submission:
    texts = {name: (character * most,) for name, most in form.texts.items()}
    chosen = {
        name: tuple(values if name in several else values[-1:]) for name, values in form.options.items()
    }
    return Submission(form.attributes["data-item"], texts | chosen)


def sent_by_one(game: Play, character: str) -> tuple[list[Submission], list[Post]]:
    """All that the forms of a phone can say, with the character in every text; and what is kept of it."""
    sent: list[Submission] = []
    own: list[Post] = []
    chance = random.Random(7)
    for state in game.forwards():
        sitting = game.begin(state=state)
        several = set(re.findall(r'type="checkbox" name="([^"]+)"', game.own(sitting, "")))
        for form in game.forms(sitting) * FORMS:
            submission = filled(form, character, several)
            accepted = game.kind.accept(game.settings, state, submission, own)
            if isinstance(accepted, Rejected):
                continue
            sent.append(submission)
            replaced = [item for item in accepted if not game.kind.multiple(item)]
            own = [post for post in own if post.item not in replaced]
            for item, payload in accepted.items():
                id_ = str(uuid.UUID(int=chance.getrandbits(128), version=4))
                own.append(Post(id_, item, f"{AUTHOR}-0", payload))
    return sent, own


def own_bytes(game: Play, sitting: Sitting, author: str = f"{AUTHOR}-0") -> int:
    state, own = sitting.inner(game), sitting.of(author)
    view = private_view(game.kind, game.settings, state, own, sitting.seen(game))
    html = game.fragment("own", state, view)
    item = game.kind.item(game.settings, state)
    return len(wire.event("own", {"key": f"{game.step.id}/{item}#12", "html": html}).encode())

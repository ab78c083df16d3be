"""Nobody sees from the size of a private fragment what a phone did, whatever became of what it sent."""

import re
from functools import cache

import pytest

from tests.kinds.contract_support import AUTHOR, PHONES, Play, play
from tests.kinds.contract_walks import Walk
from tests.kinds.material_support import play_of
from tests.kinds.sizes_support import POSTING, filled, own_bytes, real_games, sizes
from tests.support.fragments import Form
from tests.support.thorough import is_thorough, seeds
from trainer.kinds.contract import Rejected, Submission
from trainer.kinds.gate import has_fallen, is_card
from trainer.kinds.sizes import EXPENSIVE

# The first few walks come everywhere: see the last test.
SEEDS, FIRST, MOVES, OPENING = 2, 6, 70, 24
FIELDS = "\n".join(f"- Veld {number}: waar" for number in range(1, 9))
# Where texts are short, or few, what else a phone shows weighs most.
GAMES = {name: play(name) for name in POSTING} | {
    "flap with one short card": play_of("flap", "Wat nu?", "max=1 tekens=10 stippen=5"),
    "flap with many short cards": play_of("flap", "Wat nu?", "max=20 tekens=10 stippen=5"),
    "stickers, one of each": play_of("stickers", "Plak.", "max=1 tekens=10"),
    "ideeenboom with one leaf": play_of("ideeenboom", "Wat nu?", "max=1 tekens=10"),
    "werkvel with a short field": play_of("werkvel", "Plan.\n\n- Plek", "groepen=8 tekens=20 stippen=5"),
    "werkvel without dots": play_of("werkvel", "Plan.\n\n- Plek\n- Wie", "groepen=2 tekens=20 stippen=0"),
    "werkvel with many fields": play_of("werkvel", f"Plan.\n\n{FIELDS}", "groepen=8 tekens=20"),
}
if is_thorough():
    GAMES |= real_games()
every_game = pytest.mark.parametrize("name", GAMES)


class FullWalk(Walk):
    """A walk in which phones send as much as they can, or as little; their cards may often be shown alone."""

    def __init__(self, game: Play, seed: int) -> None:
        super().__init__(game, seed)
        # Cards fall where phones are in one group; the most groups stand there where each has its own.
        self.groups = PHONES if seed % 2 else 2

    def _sends(self) -> None:
        author = self._phone()
        forms = self.play.forms(self.sitting, author)
        if not forms:
            return
        form, own = self._chance.choice(forms), self.sitting.of(author)
        if not self._may_say(author, form):
            return
        html = self.play.own(self.sitting, author)
        several = set(re.findall(r'type="checkbox" name="([^"]+)"', html))
        asked = self._as_much_or_little(form, several)
        for name in {"groep", "group"} & asked.fields.keys():
            group = str(1 + int(author[-1]) % min(self.groups, self.play.settings.number))
            asked = Submission(asked.item, {**asked.fields, name: (group,)})
        if self.play.kind.agreed:
            asked = Submission(asked.item, self._in_words_of_its_own(form, asked, author))
        accepted = self.play.kind.accept(self.play.settings, self.state, asked, own)
        single = {post.item for post in own if is_card(post) and not self.play.kind.multiple(post.item)}
        if not isinstance(accepted, Rejected) and not single & accepted.keys():
            fields = {name: values for name, values in asked.fields.items() if name != "alone"}
            self.send(author, asked.item, alone=self._chance.random() < 0.3, **fields)

    def _in_words_of_its_own(self, form: Form, asked: Submission, author: str) -> dict[str, tuple[str, ...]]:
        """Phones that send the same words count as one."""
        texts = {name: asked.one(name) for name in form.texts}
        return {**asked.fields, **{name: (text[:-1] + author[-1],) for name, text in texts.items() if text}}

    def _as_much_or_little(self, form: Form, several: set[str]) -> Submission:
        item, most = form.attributes["data-item"], filled(form, EXPENSIVE[0], several).fields
        if self._chance.random() < 0.5:
            return Submission(item, most)
        some = {name: values[-self._chance.randint(1, 5) :] for name, values in most.items()}
        empty = set(form.texts) - {self._chance.choice([*form.texts, ""])}
        return Submission(item, {name: values for name, values in some.items() if name not in empty})

    def _takes_back(self) -> None:
        for _ in range(self._chance.choice((1, 1, 12))):
            super()._takes_back()


@cache
def walks(name: str) -> tuple[tuple[int, frozenset[str]], ...]:
    """The sizes of the fragments of all phones at all moments, each with what had become of its posts."""
    found: set[tuple[int, frozenset[str]]] = set()
    for seed in seeds(SEEDS, FIRST):
        walk, before_each = FullWalk(GAMES[name], seed), dict[int, object]()
        for number in range(MOVES):
            before = walk.sitting
            walk.move(only_sending=number < OPENING)
            if number and walk.sitting is before:
                continue  # it was refused: everybody has what they had
            for phone in range(PHONES):
                own = walk.sitting.of(f"{AUTHOR}-{phone}")
                # A phone gets what follows from these (`private_view`): most moves change nothing for most.
                given = (walk.state, own, walk.seen if walk.play.kind.personal else None)
                if before_each.get(phone) == given:
                    continue
                before_each[phone] = given
                fates = {"fallen" if has_fallen(one) else "seen" if is_card(one) else "" for one in own}
                found.add((own_bytes(GAMES[name], walk.sitting, f"{AUTHOR}-{phone}"), frozenset(fates)))
    return tuple(found)


@every_game
def test_no_phone_gets_a_larger_fragment_whatever_it_and_others_do(name: str) -> None:
    assert max(size for size, _ in walks(name)) <= sizes(GAMES[name]).own


@pytest.mark.parametrize("name", ["flap", "stickers", "ideeenboom", "afspraken", "werkblad", "werkvel"])
def test_walks_come_where_cards_wait_are_seen_and_have_fallen(name: str) -> None:
    fates = {fate for _, some in walks(name) for fate in some}
    assert fates == {"", "seen", "fallen"}

"""Which leaves hang on which branch: branches for the sorts, or for the themes that the author named.

The state holds where trainers put a card; the id of one that was taken back stays there and is ignored.
"""

from collections.abc import Iterable, Mapping, Sequence

from trainer.curriculum.model import Text
from trainer.kinds import contract
from trainer.kinds.ideeenboom.crown import Branch, Leaf
from trainer.kinds.ideeenboom.sorts import BY_NAME, SORTS

# The branch of the leaves that nobody put on a theme.
OTHERS = Branch("", "Andere bladeren")


def branches(themes: Sequence[Text]) -> tuple[Branch, ...]:
    """The branches without leaves: one for each sort, or for each theme and one for the other leaves."""
    if not themes:
        return tuple(Branch(sort.key, sort.many) for sort in SORTS)
    return (*(Branch(f"t{place}", theme.plain) for place, theme in enumerate(themes, 1)), OTHERS)


def leaf(card: contract.Card | contract.Post) -> Leaf:
    """A card as a leaf."""
    sort = BY_NAME.get(str(card.payload.get("sort")), SORTS[0])
    return Leaf(card.id, sort.key, sort.name, str(card.payload.get("text", "")))


def hung(
    bare: Sequence[Branch], placed: Mapping[str, str], cards: Iterable[contract.Card]
) -> tuple[Branch, ...]:
    """The branches with these cards: each where a trainer put it, or else on the branch of its sort."""
    known = {branch.id for branch in bare}
    found: dict[str, list[Leaf]] = {branch.id: [] for branch in bare}
    for each in map(leaf, cards):
        where = placed.get(each.id, each.sort)
        found[where if where in known else OTHERS.id].append(each)
    return tuple(Branch(branch.id, branch.title, tuple(found[branch.id])) for branch in bare)

"""Where the leaves hang: each branch has one or more boughs, on which its leaves hang above each other.

A tree with few leaves has large letters; one with many has several pages. Estimates are those of
`kinds/wall.py`, in rem.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trainer.kinds.wall import HEIGHT, WIDTH, Size, card_height, letters

# Below the leaves: the names of the branches, and the trunk.
TRUNK = 6.5
# Leaves hang a little to the left and to the right of their bough, so that it can be seen.
SWAY = 0.5
# As wide as the sign of a sort.
SIGN = "mm"

SIZES = (
    Size("size-xl", 1.6, 4),
    Size("size-l", 1.35, 4),
    Size("size-m", 1.1, 4, padding=0.5),
    Size("size-s", 1.0, 5, padding=0.35, gap=0.35),
)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf as it hangs: the id of its card, the key and the name of its sort, and what is on it."""

    id: str
    sort: str
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch with its leaves, in the order in which they were shown."""

    id: str
    title: str
    leaves: tuple[Leaf, ...] = ()


@dataclass(frozen=True, slots=True)
class Limb:
    """A branch as one page shows it: its leaves on each of its boughs."""

    title: str
    boughs: tuple[tuple[Leaf, ...], ...]


@dataclass(frozen=True, slots=True)
class Crown:
    """One page of the tree; `size` is a class in the style sheet, `number` counts from 0."""

    size: str
    limbs: tuple[Limb, ...]
    number: int = 0
    total: int = 1

    @property
    def boughs(self) -> int:
        """How many boughs there are beside each other."""
        return sum(len(limb.boughs) for limb in self.limbs)

    @property
    def ids(self) -> tuple[str, ...]:
        """The cards on this page."""
        return tuple(leaf.id for limb in self.limbs for bough in limb.boughs for leaf in bough)


class _Heights:
    """How high leaves are, each measured once for each size: the pages of a tree have many of them again."""

    def __init__(self) -> None:
        # By the id of a leaf; looking a whole leaf up costs as much as measuring it.
        self._found: dict[Size, dict[str, float]] = {}

    def of(self, leaves: Sequence[Leaf], size: Size) -> list[float]:
        """The height of each leaf in rem."""
        found, width = self._found.setdefault(size, {}), WIDTH - SWAY * size.columns
        for leaf in leaves:
            if leaf.id not in found:
                found[leaf.id] = card_height(f"{SIGN} {leaf.word}: {leaf.text}", size, 0, width)
        return [found[leaf.id] for leaf in leaves]


def crowns(branches: Sequence[Branch], taken: float = 0) -> tuple[Crown, ...]:
    """The pages of a tree with these branches; `taken` is the height of what stands above it."""
    height, heights = HEIGHT - TRUNK - taken, _Heights()
    pages: list[Crown] = []
    left = tuple(branches)
    while (last := _whole(left, height, heights)) is None:
        # A page on which all boughs are needed has no place for a bare branch.
        limbs, rest = _hang([branch for branch in left if branch.leaves], SIZES[-1], height, heights)
        pages.append(Crown(SIZES[-1].name, limbs))
        still = {branch.id: branch for branch in rest}
        left = tuple(still.get(branch.id, branch) for branch in left)
    pages.append(last)
    return tuple(replace(page, number=number, total=len(pages)) for number, page in enumerate(pages))


def _whole(branches: Sequence[Branch], height: float, heights: _Heights) -> Crown | None:
    """All branches on one page, in the largest letters; None when that cannot be."""
    # A long word is broken only when letters that are small enough for it do not help either.
    longest = _longest(branches)
    careful = [size for size in SIZES if longest <= _letters(size, branches)]
    for size in (*careful, *SIZES):
        limbs, left = _hang(branches, size, height, heights)
        if not any(branch.leaves for branch in left):
            return Crown(size.name, limbs)
    return None


def _hang(
    branches: Sequence[Branch], size: Size, height: float, heights: _Heights
) -> tuple[tuple[Limb, ...], tuple[Branch, ...]]:
    """One page: the limbs, and the branches with the leaves that found no place."""
    size = _for(size, branches)
    limbs: list[Limb] = []
    left: list[Branch] = []
    full = [heights.of(branch.leaves, size) for branch in branches]
    boughs = _shared(list(map(sum, full)), size)
    for branch, needed, number in zip(branches, full, boughs, strict=True):
        hung, rest = _filled(branch.leaves, needed, number, height)
        limbs.append(Limb(branch.title, hung))
        left.append(replace(branch, leaves=rest))
    return tuple(limbs), tuple(left)


def _shared(full: Sequence[float], size: Size) -> list[int]:
    """How many boughs each branch gets: one, and the fullest branches more while there is room."""
    boughs = [1] * len(full)
    for _ in range(size.columns - len(full)):
        fullest = max(range(len(full)), key=lambda place: full[place] / boughs[place])
        boughs[fullest] += 1
    return boughs


def _filled(
    leaves: Sequence[Leaf], heights: Sequence[float], boughs: int, height: float
) -> tuple[tuple[tuple[Leaf, ...], ...], tuple[Leaf, ...]]:
    """The leaves on each bough, always on the emptiest one, and those that found no place."""
    hung: list[list[Leaf]] = [[] for _ in range(boughs)]
    used = [0.0] * boughs
    for number, (leaf, needed) in enumerate(zip(leaves, heights, strict=True)):
        emptiest = min(range(boughs), key=lambda place: used[place])
        if hung[emptiest] and used[emptiest] + needed > height:
            return tuple(map(tuple, hung)), tuple(leaves[number:])
        hung[emptiest].append(leaf)
        used[emptiest] += needed
    return tuple(map(tuple, hung)), ()


def _for(size: Size, branches: Sequence[Branch]) -> Size:
    """The size with a bough for each branch at least."""
    return replace(size, columns=max(size.columns, len(branches)))


def _letters(size: Size, branches: Sequence[Branch]) -> int:
    size = _for(size, branches)
    return letters(size, WIDTH - SWAY * size.columns)


def _longest(branches: Sequence[Branch]) -> int:
    """The length of the longest word on any leaf."""
    return max(
        (len(word) for branch in branches for leaf in branch.leaves for word in leaf.text.split()), default=0
    )

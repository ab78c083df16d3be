"""The order of things that two people moved, added and removed: a three-way merge of trees of two levels."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

# What stands under nothing is under this.
ROOT = "/ "

# For each thing, what stands under it, in order.
Tree = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Arranged:
    """Every thing of the three trees with what it stands under now, in order.

    `reordered` says that both sides moved things, differently; ours are then where ours put them.
    """

    order: tuple[tuple[str, str], ...]
    reordered: bool


def arranged(base: Tree, ours: Tree, theirs: Tree) -> Arranged:
    """Puts the things of three trees in one order; what was removed is there too, where it was."""
    parents = [_parents(tree) for tree in (base, ours, theirs)]
    above: dict[str, str] = {}
    torn = False
    for key in dict.fromkeys([*parents[1], *parents[2], *parents[0]]):
        before, mine, other = (each.get(key) for each in parents)
        if mine is None or (mine == before and other is not None):
            above[key] = other or before or ROOT
        else:
            above[key] = mine
            torn = torn or (other is not None and other not in (before, mine))
    under: Tree = {}
    for parent in dict.fromkeys([ROOT, *above.values()]):
        lists = [
            [key for key in tree.get(parent, ()) if above[key] == parent] for tree in (base, ours, theirs)
        ]
        under[parent], both = _ordered(*lists)
        torn = torn or both
    return Arranged(tuple(_walk(under, above)), torn)


def _parents(tree: Tree) -> dict[str, str]:
    return {key: parent for parent, keys in tree.items() for key in keys}


def _walk(under: Tree, above: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each thing followed by what is under it; what ended up under itself comes last."""
    done: set[str] = set()
    for first in [*under[ROOT], *above]:
        waiting = [first]
        while waiting:
            key = waiting.pop()
            if key not in done:
                done.add(key)
                yield key, above[key]
                waiting += reversed(under.get(key, ()))


def _ordered(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> tuple[list[str], bool]:
    """The things of three lists in one order, and whether both sides changed the order, differently."""
    if _same_order(base, ours):
        first, *others = theirs, ours, base
    else:
        first, *others = ours, theirs, base
    torn = not (_same_order(base, ours) or _same_order(base, theirs) or _same_order(ours, theirs))
    order = list(first)
    for other in others:
        order = _woven(order, other)
    return order, torn


def _same_order(one: Sequence[str], other: Sequence[str]) -> bool:
    shared = set(one) & set(other)
    return [key for key in one if key in shared] == [key for key in other if key in shared]


def _woven(order: Sequence[str], other: Sequence[str]) -> list[str]:
    """`order` with what is in `other` alone, each after what it comes after there."""
    known = set(order)
    after: dict[str, list[str]] = {}
    last = ROOT
    for key in other:
        if key in known:
            last = key
        else:
            after.setdefault(last, []).append(key)
    woven = list(after.get(ROOT, ()))
    for key in order:
        woven.append(key)
        woven += after.get(key, ())
    return woven

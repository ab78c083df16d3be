"""Every public class, function and method of the program says what it means."""

import ast
import importlib
from collections.abc import Iterator
from functools import reduce
from pathlib import Path

import trainer
from tests.support.sources import PROGRAM

HOUSE = Path(trainer.__file__).parent
FILES = [path for path in PROGRAM if "migrations" not in path.parts]

Names = tuple[str, ...]


def public(node: ast.AST, place: Names = ()) -> Iterator[tuple[Names, ast.FunctionDef | ast.ClassDef]]:
    """What others may use of a file, by the names that lead to it."""
    for each in ast.iter_child_nodes(node):
        if isinstance(each, ast.FunctionDef | ast.ClassDef) and not each.name.startswith("_"):
            yield (*place, each.name), each
            if isinstance(each, ast.ClassDef):
                yield from public(each, (*place, each.name))


def is_override(path: Path, names: Names) -> bool:
    """Does the class above say what this method means?"""
    module = ".".join(path.relative_to(HOUSE.parent).with_suffix("").parts).removesuffix(".__init__")
    *place, name = names
    found = reduce(getattr, place, importlib.import_module(module))
    above = found.__mro__[1:] if isinstance(found, type) else ()
    return any(getattr(vars(each).get(name), "__doc__", None) for each in above)


def test_what_is_public_says_what_it_means() -> None:
    silent = [
        f"{path.relative_to(HOUSE)}: {'.'.join(names)}"
        for path in FILES
        for names, node in public(ast.parse(path.read_text("utf-8")))
        if not ast.get_docstring(node) and (isinstance(node, ast.ClassDef) or not is_override(path, names))
    ]

    assert silent == []

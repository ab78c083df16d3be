"""The four sorts of leaves, which differ in word, shape and colour."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sort:
    """`name` stands on every leaf; `key` is its class in the style sheet, and the id of its branch."""

    key: str
    name: str
    many: str
    hint: str


SORTS = (
    Sort("idee", "Idee", "Ideeën", "iets dat kan"),
    Sort("aandachtspunt", "Aandachtspunt", "Aandachtspunten", "iets om op te letten"),
    Sort("voorstel", "Voorstel", "Voorstellen", "iets om samen te bespreken"),
    Sort("plan", "Plan", "Plannen", "iets dat je gaat doen"),
)
BY_NAME = {sort.name: sort for sort in SORTS}

"""Sheets of groups, each filled in by a phone that is called after its group: g1, g2 and so on."""

from tests.kinds.stage_support import Stage

BODY = "Maak een plan.\n\n- Plek: Waar is het?\n- Eerste stap"


def sheet(attributes: str = "groepen=4 stippen=2") -> Stage:
    return Stage("werkvel", BODY, attributes)


def write(stage: Stage, phone: str, group: int, *, alone: bool = True, **fields: str) -> None:
    names = {"plek": "veld-1", "stap": "veld-2"}
    form = {names[name]: text for name, text in fields.items()}
    stage.send(phone, "", alone=alone, **{"groep": str(group), **form})


def filled(*groups: int) -> Stage:
    """Each of these groups wrote both fields, and lets them be shown alone; the trainer shows all."""
    stage = sheet()
    for group in groups:
        write(stage, f"g{group}", group, plek=f"plek {group}", stap=f"stap {group}")
    return stage.press("draw", "show-all")


def beside(stage: Stage) -> list[tuple[str, tuple[str, ...]]]:
    """What is on the screen: titles of cells, and what is in them."""
    return [(cell.title, cell.texts) for cell in stage.view("screen")["page"].cells]

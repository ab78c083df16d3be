"""A tree with leaves, and what of it is on the screen."""

from tests.kinds.stage_support import Stage

QUESTION = "Waarmee ga je aan het werk?"


def tree(keys: str = "", body: str = QUESTION, attributes: str = "", **sorts: str) -> Stage:
    """A tree for which each of these phones has an idea with its name, or a leaf of the sort given."""
    stage = Stage("ideeenboom", body, attributes)
    for key in [*keys, *sorts]:
        stage.send(key, sort=sorts.get(key, "Idee"), text=f"tekst {key}")
    return stage


def hanging(stage: Stage) -> dict[str, list[str]]:
    """The texts on the screen, by branch."""
    limbs = stage.view("screen")["tree"]["crown"].limbs
    return {limb.title: [leaf.text for bough in limb.boughs for leaf in bough] for limb in limbs}

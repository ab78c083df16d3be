"""'Diagnose me!' with cards of phones that are called after them."""

from tests.kinds.stage_support import Stage, ask
from trainer.kinds.contract import Rejected

SECRET = Rejected(
    "few", "Dat kan nu niet. Alleen de eigenaar kan het zeggen, en de laatste kaarten blijven geheim."
)
GONE = Rejected("gone", "Deze kaart ligt er niet meer. Kies een andere.")
NOT_YOUR_TURN = Rejected("turn", "Je bent nu niet aan de beurt.")

BODY = "Schrijf een kaart.\n\n- Wat viel je op?\n- Wat neem je mee?"


def written(keys: str = "abc") -> Stage:
    """Each of these phones wrote a card with its name on both sides."""
    stage = Stage("diagnose-me", BODY)
    for key in keys:
        write(stage, key)
    return stage


def write(stage: Stage, key: str, paper: bool = False) -> None:
    stage.send(key, paper=paper, vulnerability=f"kwetsbaar-{key}", passion=f"hobby-{key}")


def dealt(keys: str = "abc", turn: int = 1) -> Stage:
    """The cards are on the table; it is the turn of the phone with this place among them: b."""
    return written(keys).press(ask("start", turn))


def opened(keys: str = "abcd") -> Stage:
    """It was the turn of b, who opened the third card: that of c."""
    stage = dealt(keys)
    assert stage.act("b", "open", card="3") is None
    return stage


def says_so(stage: Stage, who: str) -> Rejected | None:
    """Presses 'Dit ben ik', on a page that shows what lies open now."""
    return stage.act(who, "mine", card=str(stage.own(who)["open"]))


def discussed(stage: Stage, *keys: str) -> Stage:
    """The cards of these phones are opened one by one, and each of them says so."""
    while keys:
        stage.press("open")
        owner = stage.state.open
        if owner in keys:
            assert says_so(stage, owner) is None
            keys = tuple(key for key in keys if key != owner)
        else:
            stage.press("silent")
    return stage


def card(key: str) -> dict[str, str]:
    return {"vulnerability": f"kwetsbaar-{key}", "passion": f"hobby-{key}"}


def labels(stage: Stage) -> list[str]:
    return [control.label for control in stage.controls if control.enabled]

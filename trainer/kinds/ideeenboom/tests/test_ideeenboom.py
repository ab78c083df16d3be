"""Ideeënboom: leaves of four sorts come in, and hang in the tree where the trainers want them."""

import pytest

from tests.kinds.material_support import read
from tests.kinds.stage_support import Stage, ask
from tests.support.fragments import read_page
from trainer.kinds.contract import Rejected
from trainer.kinds.ideeenboom.tests.support import QUESTION, hanging, tree

THEMES = f"{QUESTION}\n\n- Elkaar ontmoeten\n- Geld"
BARE = {"Ideeën": [], "Aandachtspunten": [], "Voorstellen": [], "Plannen": []}


# What an author may write


def test_more_branches_than_fit_and_long_names_are_reported() -> None:
    body = "\n".join([QUESTION, "", *(f"- Tak {number}" for number in range(4)), f"- {'x' * 25}"])

    _, problems = read("ideeenboom", body)

    assert problems == ["7 ideeenboom.too-many-branches", "7 ideeenboom.long-branch"]


def test_reader_of_the_tree_is_told_on_the_phone_and_in_its_form_before_anything_is_sent() -> None:
    stage = tree(attributes='naar="de buurvrouw"')

    phone, own = stage.play.shared("phone", stage.sitting), stage.play.own(stage.sitting, "me")

    assert ("De boom gaat na afloop naar de buurvrouw." in phone, "voor de buurvrouw." in own) == (True, True)


# What a phone may send


def test_accept_keeps_the_sort_and_the_cleaned_text() -> None:
    offered = tree().offer("me", "anders", sort="Plan", text="  samen\u202e\n eten ")

    assert offered == {"Plan": {"sort": "Plan", "text": "samen eten"}}


@pytest.mark.parametrize(
    ("form", "refused"),
    [
        ({"sort": "Plan", "text": " \u200b "}, Rejected("empty", "Je hebt nog niets geschreven.")),
        ({"text": "iets"}, Rejected("empty", "Kies eerst wat voor blad het is.")),
        ({"sort": "plan", "text": "iets"}, Rejected("empty", "Kies eerst wat voor blad het is.")),
    ],
)
def test_accept_without_a_sort_or_a_text_is_refused(form: dict[str, str], refused: Rejected) -> None:
    assert tree().offer("me", **form) == refused


def test_accept_more_leaves_than_the_most_is_refused_until_one_is_taken_back() -> None:
    stage = tree("a", attributes="max=1")
    full = Rejected("full", "Je stuurde er al 1 in. Haal er eerst een weg.")
    assert stage.offer("a", sort="Plan", text="nog een") == full

    stage.withdraw("a")
    assert stage.offer("a", sort="Plan", text="nog een") == {"Plan": {"sort": "Plan", "text": "nog een"}}


def test_accept_after_closing_is_refused() -> None:
    stage = tree().press("close")

    assert stage.offer("me", sort="Plan", text="te laat") == Rejected("closed", "Het insturen is gesloten.")


# The tree


def test_tree_is_bare_until_the_trainer_shows_leaves() -> None:
    stage = tree("abc")
    assert hanging(stage) == BARE

    assert hanging(stage.press("draw")) == BARE


def test_leaves_hang_on_the_branch_of_their_sort_in_the_order_in_which_they_were_shown() -> None:
    plans = dict.fromkeys("def", "Plan")
    stage = tree("abc", **plans).press("draw", ask("show", id="b"), "show-all")

    expected = {
        "Ideeën": ["tekst b", "tekst a", "tekst c"],
        "Plannen": ["tekst d", "tekst e", "tekst f"],
    }
    assert hanging(stage) == BARE | expected


def test_three_phones_with_leaves_of_three_sorts_wait() -> None:
    # A neighbour sees which sort somebody chooses: each leaf would be that of a known phone.
    stage = tree(a="Idee", b="Plan", c="Voorstel")
    assert stage.refusal("draw").code == "few"

    for phone in "de":
        stage.send(phone, sort="Plan", text=f"tekst {phone}")
    stage.press("draw", "show-all")
    assert hanging(stage) == BARE | {"Plannen": ["tekst b", "tekst d", "tekst e"]}


def test_leaf_that_is_put_on_another_branch_keeps_its_sort() -> None:
    stage = tree("abc").press("draw", "show-all", ask("move", id="a", branch="plan"))

    *_, plans = stage.view("screen")["tree"]["crown"].limbs
    assert [(leaf.id, leaf.word) for leaf in plans.boughs[0]] == [("a", "Idee")]


def test_move_of_a_leaf_that_is_gone_or_to_no_branch_is_refused() -> None:
    stage = tree("abc").press("draw")

    refused = [stage.refusal(ask("move", id=key, branch=to)) for key, to in (("x", "plan"), ("a", "t1"))]

    assert refused == [
        Rejected("gone", "Deze kaart is er niet meer."),
        Rejected("gone", "Deze tak is er niet."),
    ]


def test_branches_of_the_author_hold_what_the_trainer_puts_there_and_the_last_one_the_rest() -> None:
    stage = tree("abc", body=THEMES).press("draw", "show-all", ask("move", id="b", branch="t2"))

    expected = {"Elkaar ontmoeten": [], "Geld": ["tekst b"], "Andere bladeren": ["tekst a", "tekst c"]}
    assert hanging(stage) == expected


def test_leaf_held_back_leaves_the_tree_and_stays_on_control() -> None:
    stage = tree("abcd").press("draw", "show-all", ask("hold", id="b"))

    assert hanging(stage)["Ideeën"] == ["tekst a", "tekst c", "tekst d"]
    assert stage.view("control")["status"] == {"a": "shown", "b": "held", "c": "shown", "d": "shown"}


def test_leaf_that_is_taken_back_leaves_tree_phone_and_poster_with_the_next_press() -> None:
    stage = tree("abcd").press("draw", "show-all")
    stage.withdraw("b")

    stage.press("close")

    pages = [stage.play.shared(page, stage.sitting) for page in ("screen", "control", "phone")]
    assert ["tekst b" in page for page in pages] == [False, False, False]
    assert hanging(stage)["Ideeën"] == ["tekst a", "tekst c", "tekst d"]


def test_phone_lists_the_leaves_of_the_tree_by_branch() -> None:
    stage = tree("abc", **dict.fromkeys("def", "Plan")).press("draw", "show-all", ask("hold", id="c"))

    listed = {
        branch.title: [leaf.text for leaf in branch.leaves] for branch in stage.view("phone")["branches"]
    }

    assert listed == {"Ideeën": ["tekst a", "tekst b"], "Plannen": ["tekst d", "tekst e", "tekst f"]}


# The poster


def test_poster_has_the_leaves_of_all_pages_and_only_those_that_were_shown() -> None:
    stage = Stage("ideeenboom", QUESTION, "max=10")
    for number in range(60):
        stage.send(f"p{number}", sort="Idee", text=f"{number:02} {'lang woord ' * 7}")
    stage.press("draw", "show-all", ask("hold", id="p7"))

    posters = stage.view("control")["posters"]

    printed = sorted(leaf_id for poster in posters for leaf_id in poster["crown"].ids)
    assert printed == sorted(f"p{number}" for number in range(60) if number != 7)
    assert len(posters) == stage.view("screen")["tree"]["crown"].total


@pytest.mark.parametrize(("presses", "buttons"), [((), 0), (("draw", "show-all"), 1)])
def test_poster_is_offered_once_there_are_leaves(presses: tuple[str, ...], buttons: int) -> None:
    stage = tree("abc").press(*presses)

    found = read_page(stage.play.shared("control", stage.sitting)).buttons

    assert len([button for button in found if "data-poster" in button]) == buttons


# What is kept


def test_kept_are_the_leaves_on_the_screen_of_each_sort_of_which_five_phones_sent_some() -> None:
    stage = tree("abcdef", **dict.fromkeys("ghij", "Plan")).press("draw", "show-all", ask("hold", id="f"))

    ideas, *_, plans = stage.kept

    assert (ideas.id, ideas.question, ideas.texts) == (
        "bladeren-idee",
        f"{QUESTION} (ideeën)",
        tuple(f"tekst {key}" for key in "abcde"),
    )
    assert (plans.id, plans.few, plans.texts) == ("bladeren-plan", True, None)

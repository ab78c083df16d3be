"""The outline of a part: minutes, order, what is left out, and what is added."""

import pytest

from tests.support.site import Site, Visitor
from tests.web.editor.writing import NATIONAL, OUTLINE, STEP, given, notes, press

# The outline


def test_minutes_are_changed_in_the_outline(site: Site, organiser: Visitor) -> None:
    page = press(organiser, OUTLINE, "minuten", **{"minuten-welkom": "20"})

    assert given(site) == NATIONAL.replace("#welkom minuten=15", "#welkom minuten=20")
    assert "Samen <span data-total-minutes>35</span> minuten." in page
    assert notes(site) == [("Olga", "Minuten veranderd", "given")]


def test_block_is_moved_down_with_the_minutes_typed_beside_it(site: Site, organiser: Visitor) -> None:
    press(organiser, OUTLINE, "omlaag:welkom", **{"minuten-welkom": "20"})

    source = given(site)
    assert source.index("## Afsluiting") < source.index("## Welkom {#welkom minuten=20}")


def test_step_is_left_out_and_brought_back(site: Site, organiser: Visitor) -> None:
    left = press(organiser, OUTLINE, "weglaten:welkom")
    assert ("#welkom" in given(site), "Weggelaten: Welkom" in left, "Haal terug" in left) == (
        False,
        True,
        True,
    )

    press(organiser, OUTLINE, "terug:welkom")
    assert given(site) == NATIONAL


def test_what_is_left_out_says_how_it_comes_back(organiser: Visitor) -> None:
    """Only what is nationally there comes back from the list, and as it is there."""
    as_it_was = press(organiser, OUTLINE, "weglaten:welkom")
    press(organiser, OUTLINE, "terug:welkom")
    press(organiser, STEP.format("welkom"), "bewaar", titel="Welkom?")
    changed = press(organiser, OUTLINE, "weglaten:welkom")
    new = {"titel": "Waar sta jij?", "plek": "in:afsluiting", "werkvorm": "over-de-lijn", "minuten": "5"}
    press(organiser, f"{OUTLINE}/nieuw", "", **new)
    own = press(organiser, OUTLINE, "weglaten:waar-sta-jij")

    assert "Weggelaten: Welkom. Je kunt het terughalen." in as_it_was
    kept = "Jullie tekst ervan staat nog bij Versies."
    assert f"Weggelaten: Welkom? Haal je het terug? Dan krijg je de landelijke tekst. {kept}" in changed
    assert f"Weggelaten: Waar sta jij? {kept}" in own


@pytest.mark.parametrize("minutes", ["0", "-3", "vijf", "9999"])
def test_minutes_that_are_no_number_are_told_and_kept(site: Site, organiser: Visitor, minutes: str) -> None:
    page = press(organiser, OUTLINE, "minuten", **{"minuten-welkom": minutes})

    assert "Vul bij de minuten een heel getal in" in page
    assert f'value="{minutes}"' in page
    assert given(site) == NATIONAL


def test_what_is_gone_meanwhile_is_told(site: Site, organiser: Visitor) -> None:
    assert "Dit onderdeel is er niet meer" in press(organiser, OUTLINE, "omlaag:weg")


def test_steps_that_take_longer_than_their_block_are_told(site: Site, organiser: Visitor) -> None:
    new = {"titel": "Waar sta jij?", "plek": "in:afsluiting", "werkvorm": "over-de-lijn"}
    press(organiser, f"{OUTLINE}/nieuw", "", minuten="90", **new)
    told = "De onderdelen duren samen 90 minuten."
    assert told in organiser.get(OUTLINE).text

    page = press(organiser, OUTLINE, "minuten", **{"minuten-afsluiting": "90"})

    assert told not in page


# Adding


def test_step_is_added_with_a_sample_as_a_start(site: Site, organiser: Visitor) -> None:
    page = press(
        organiser,
        f"{OUTLINE}/nieuw",
        "",
        titel="Waar sta jij?",
        plek="in:afsluiting",
        minuten="10",
        werkvorm="over-de-lijn",
    )

    assert "### Waar sta jij? {#waar-sta-jij werkvorm=over-de-lijn minuten=10}" in given(site)
    assert "Stelling 1" in page


@pytest.mark.parametrize(
    "kind", ["werkblad", "presentatie", "beeldkaarten", "evaluatie", "rondes", "afspraken"]
)
def test_every_sample_that_needs_no_picture_is_sound(site: Site, organiser: Visitor, kind: str) -> None:
    press(organiser, f"{OUTLINE}/nieuw", "", titel="Nieuw", plek="na:welkom", minuten="10", werkvorm=kind)
    expected = "draft" if kind == "beeldkaarten" else "given"
    assert [state for _, _, state in notes(site)] == [expected]


def test_local_method_is_added_as_an_alternative(site: Site, organiser: Visitor) -> None:
    press(
        organiser,
        f"{OUTLINE}/nieuw",
        "",
        titel="Anders",
        plek="naast:hoe-was-het",
        minuten="5",
        werkvorm="uitleg",
    )
    source = given(site)
    assert "werkvorm=evaluatie optie=1}" in source
    assert "### Anders {#anders minuten=5 optie=2}" in source


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"titel": ""}, "Geef het onderdeel een titel"),
        ({"werkvorm": "weg"}, "Kies een werkvorm"),
        ({"minuten": "x"}, "heel getal"),
        ({"plek": "in:weg"}, "Dit blok is er niet meer"),
        ({"plek": "weg"}, "Kies een plek"),
    ],
)
def test_new_step_that_cannot_be_is_told(organiser: Visitor, wrong: dict[str, str], said: str) -> None:
    fine = {"titel": "Nieuw", "plek": "in:welkom", "minuten": "5", "werkvorm": "uitleg"}
    assert said in press(organiser, f"{OUTLINE}/nieuw", "", **(fine | wrong))

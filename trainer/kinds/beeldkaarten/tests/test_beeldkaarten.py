"""Beeldkaarten: a list of pictures with titles; phones get all of them, the screen a page at a time."""

import pytest

from tests.kinds.material_support import play_of, read, settings_of
from tests.support.fragments import Page
from trainer.kinds.beeldkaarten import KIND, MOST_ON_A_PAGE, PageState, PictureCard
from trainer.kinds.contract import NOTHING_SEEN


def cards(number: int) -> str:
    return "\n".join(f"- ![Plaatje {each}.](kaart-{each}.svg) Kaart {each}" for each in range(number))


def turned(number: int) -> list[list[str]]:
    """The titles on each page of the screen, as the trainer presses on."""
    settings, found = settings_of("beeldkaarten", cards(number)), []
    state: PageState | None = PageState()
    while state is not None:
        view = KIND.screen(settings, state, NOTHING_SEEN)
        found.append([card.title for card in view["cards"]])
        state = KIND.forward(settings, state)
    return found


def test_card_is_a_picture_with_what_is_to_be_seen_and_a_title() -> None:
    settings = settings_of("beeldkaarten", "Kies er **een**.\n\n- ![Een brug.](brug.svg) Hoge brug")
    assert settings.intro.plain == "Kies er een."
    assert settings.cards == (PictureCard("brug.svg", "Een brug.", "Hoge brug"),)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Alleen tekst.", ["7 beeldkaarten.no-cards"]),
        ("- ![Een brug.](brug.svg) Brug\n- Deur", ["10 beeldkaarten.bad-card"]),
        ("- ![Een brug.](brug.svg) Brug\n- ![Een deur.](deur.svg)", ["10 beeldkaarten.bad-card"]),
        ("- ![Een brug.](brug.svg) Brug\n- ![Een deur.](brug.svg) Deur", ["10 list.double-item"]),
        ("- ![Een brug.](brug.svg) Brug\n- ![Een deur.](deur.svg) Brug", ["10 list.double-item"]),
        ("- ![](brug.svg) Brug", ["9 text.image-alt"]),
    ],
)
def test_parse_reports_what_is_no_card(body: str, found: list[str]) -> None:
    assert read("beeldkaarten", body) == (None, found)


def test_picture_from_elsewhere_is_refused() -> None:
    _, found = read("beeldkaarten", "- ![Een brug.](https://voorbeeld.nl/brug.svg) Brug")
    assert "9 beeldkaarten.bad-card" in found


@pytest.mark.parametrize(
    ("number", "sizes"), [(1, [1]), (MOST_ON_A_PAGE, [18]), (19, [10, 9]), (36, [18, 18]), (40, [14, 14, 12])]
)
def test_screen_shows_every_card_once_on_pages_that_are_about_as_full(number: int, sizes: list[int]) -> None:
    found = turned(number)
    assert [len(page) for page in found] == sizes
    assert [title for page in found for title in page] == [f"Kaart {each}" for each in range(number)]


@pytest.mark.parametrize(
    ("number", "rows"),
    [(3, [3]), (4, [2, 2]), (6, [3, 3]), (8, [4, 4]), (9, [3, 3, 3]), (12, [4, 4, 4]), (18, [6, 6, 6])],
)
def test_rows_are_full_where_they_can_be(number: int, rows: list[int]) -> None:
    columns = KIND.screen(settings_of("beeldkaarten", cards(number)), PageState(), NOTHING_SEEN)["columns"]
    assert [min(columns, number - start) for start in range(0, number, columns)] == rows


def test_phones_are_left_alone_when_the_page_is_turned() -> None:
    game = play_of("beeldkaarten", cards(40))
    first, second = game.begin(), game.begin(state=PageState(1))
    assert game.shared("phone", first) == game.shared("phone", second)
    assert KIND.item(game.settings, PageState()) == KIND.item(game.settings, PageState(1))


def test_phone_fetches_each_picture_once_and_at_once_and_has_nothing_to_send() -> None:
    game = play_of("beeldkaarten", cards(36))
    page = Page(game.shared("phone", game.begin()))
    pictures = [attributes for tag, attributes in page.elements if tag == "img"]
    assert [each["src"] for each in pictures] == [f"kaart-{each}.svg" for each in range(36)]
    assert {each.get("loading", "eager") for each in pictures} == {"eager"}
    assert (page.forms, page.buttons, KIND.takes_posts) == ([], [], False)


def test_description_cannot_end_its_attribute() -> None:
    game = play_of("beeldkaarten", '- ![Een "brug" & water.](brug.svg) Brug & "water"')
    for html in game.everything(game.begin()):
        assert 'alt="Een "' not in html
        assert "&amp; &#34;water&#34;" in html

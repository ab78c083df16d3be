"""The screen fills the room, whatever is on it, and what is new moves in once."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.filling import BEAMERS, measure, unfilled
from tests.browser.looks import resize
from tests.browser.people import BEAMER, House, Sitting, shoot

SLIDES, FLAP = "wat-is-herstel", "rust"
# Which parts of the page were made to move, and how long they take.
WATCH = """() => {
  window.moved = [];
  const animate = Element.prototype.animate;
  Element.prototype.animate = function (...rest) {
    window.moved.push(this.textContent.trim());
    return animate.apply(this, rest);
  };
}"""
SIZES_OF_WORDS = """() => Object.fromEntries([...document.querySelectorAll(".k-flap__cloud li")].map((word) =>
  [word.firstChild.textContent.trim(), parseFloat(getComputedStyle(word).fontSize) * word.currentCSSZoom]))"""
# Words of the agenda that go on in a next line.
BROKEN_WORDS = """() => [...document.querySelectorAll(".agenda-title")].flatMap(({firstChild: text}) => {
  const range = document.createRange();
  return [...text.data.matchAll(/\\S+/g)].filter(({0: word, index}) => {
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    return new Set([...range.getClientRects()].map(({top}) => Math.round(top))).size > 1;
  }).map(({0: word}) => word);
})"""
# How often it was looked whether a word of the stage sticks out.
COUNT = """() => {
  window.looked = 0;
  const look = Range.prototype.getClientRects;
  Range.prototype.getClientRects = function () {
    if (this.startContainer.parentElement.closest(".stage")) window.looked += 1;
    return look.call(this);
  };
}"""
ZOOM = "() => document.querySelector('.stage-kind').style.zoom"


@pytest.fixture
def rooms(samples: House) -> Iterator[House]:
    with samples.visit() as house:
        yield house


def begun(house: House, kind: str, step: str) -> Sitting:
    sitting = house.sitting(f"voorbeeld-{kind}")
    sitting.do("start")
    sitting.go(step)
    return sitting


def shown(screen: Page, sitting: Sitting) -> None:
    """Waits until the screen shows what was done last."""
    view = screen.locator("#view > [data-version]")
    expect(view).to_have_attribute("data-version", str(sitting.hidden.version))


def write(house: House, sitting: Sitting, *answers: str) -> None:
    """Each answer by a phone of its own, and all of them on the screen."""
    for phone, text in zip(house.crowd(sitting, len(answers)), answers, strict=True):
        assert phone.post(FLAP, text=text) == {"ok": True}
    sitting.do("do:draw")
    sitting.do("do:show-all")


def test_every_layout_of_a_slide_fills_every_beamer(rooms: House) -> None:
    sitting = begun(rooms, "presentatie", SLIDES)
    screen = rooms.screen(sitting)
    faults = []
    for slide in range(1, 7):
        if slide > 1:
            sitting.do("next")
        shown(screen, sitting)
        for theme in ("light", "dark"):
            faults += [f"slide {slide}, {theme}: {fault}" for fault in unfilled(screen)]
            for width, height in BEAMERS:
                resize(screen, width, height)
                shoot(screen, f"slide-{slide}-{theme}")
            sitting.do("theme")
            shown(screen, sitting)
    assert faults == []


def test_words_of_the_agenda_stay_whole_on_every_beamer(house: House) -> None:
    sitting = house.sitting("training")
    sitting.do("start")
    # The block that goes on is in bold, and has the longest word of all.
    sitting.go("groepjes-verkenning")
    screen = house.screen(sitting)
    shown(screen, sitting)
    expect(screen.locator(".agenda-block.is-now")).to_contain_text("ervaringsdeskundigheid")
    broken = {}
    for width, height in [*BEAMERS, *((width, width * 9 // 16) for width in range(1024, 1921, 64))]:
        resize(screen, width, height)
        broken[width, height] = screen.evaluate(BROKEN_WORDS)

    assert broken == {size: [] for size in broken}


def test_agenda_can_be_read_from_the_back_and_what_is_over_makes_room(house: House) -> None:
    sitting = house.sitting("workshop")
    sitting.do("start")
    while not sitting.hidden.place.startswith("evaluatie"):
        sitting.do("next")
    screen = house.screen(sitting)
    shown(screen, sitting)
    small = {}
    for width, height in BEAMERS:
        resize(screen, width, height)
        small[width] = screen.evaluate("() => document.querySelector('.agenda').style.zoom")
        shoot(screen, "agenda-long")

    assert small == {width: "1" for width, _ in BEAMERS}
    expect(screen.locator(".agenda-block").first).to_be_hidden()
    expect(screen.locator(".agenda-block.is-now")).to_be_visible()


def test_few_cards_are_larger_than_many(rooms: House) -> None:
    sitting = begun(rooms, "flap", FLAP)
    screen = rooms.screen(sitting)
    write(rooms, sitting, "rust", "samen eten", "een wandeling")
    shown(screen, sitting)
    few = measure(screen, 1280, 720)
    write(rooms, sitting, *[f"iemand die naar mij luistert, nummer {number}" for number in range(18)])
    shown(screen, sitting)
    many = measure(screen, 1280, 720)

    card = screen.locator(".k-flap__card").first
    shoot(screen, "flap-many")
    assert few.share > 0.6
    assert many.share > 0.6
    assert few.smallest > many.smallest
    assert card.is_visible()


def test_cloud_fills_its_field_and_sizes_follow_counts(rooms: House) -> None:
    sitting = begun(rooms, "flap", FLAP)
    screen = rooms.screen(sitting)
    write(
        rooms, sitting, *["rust"] * 4, "geen haast", "geen haast", "slapen", "de tuin", "zingen in een koor"
    )
    sitting.do("do:cloud")
    shown(screen, sitting)
    faults = []
    for width, height in BEAMERS:
        found = measure(screen, width, height)
        shoot(screen, "cloud")
        sizes = screen.evaluate(SIZES_OF_WORDS)
        faults += [found] if found.outside or found.share < 0.7 else []
        assert sizes["rust"] == pytest.approx(2 * sizes["slapen"], rel=0.02)
        assert sizes["geen haast"] == pytest.approx(2**0.5 * sizes["slapen"], rel=0.02)
    assert faults == []


def test_same_page_has_the_same_size_whatever_was_before(rooms: House) -> None:
    sitting = begun(rooms, "presentatie", SLIDES)
    screen = rooms.screen(sitting)
    measure(screen, 1280, 720)
    first = screen.evaluate(ZOOM)
    measure(screen, 1024, 768)
    sitting.do("next")
    shown(screen, sitting)
    measure(screen, 1920, 1080)
    sitting.do("back")
    shown(screen, sitting)
    measure(screen, 1280, 720)

    assert screen.evaluate(ZOOM) == first
    assert float(first) > 1


def test_stage_that_stays_as_it_was_is_not_measured_again(rooms: House) -> None:
    sitting = begun(rooms, "presentatie", SLIDES)
    screen = rooms.screen(sitting)
    measure(screen, 1280, 720)
    first = screen.evaluate(ZOOM)
    # Letters that arrive after a view are a reason to measure: those of such a view must be there.
    sitting.do("timer-plus")
    shown(screen, sitting)
    screen.wait_for_function("() => document.fonts.status === 'loaded'")
    screen.evaluate("() => document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
    screen.evaluate(COUNT)

    sitting.do("timer-plus")
    shown(screen, sitting)

    assert screen.evaluate("() => window.looked") == 0
    assert screen.evaluate(ZOOM) == first
    sitting.do("next")
    shown(screen, sitting)
    assert screen.evaluate("() => window.looked") > 0


def test_new_card_moves_in_once_and_those_that_were_there_stay(rooms: House) -> None:
    sitting = begun(rooms, "flap", FLAP)
    screen = rooms.screen(sitting, **BEAMER, reduced_motion="no-preference")
    write(rooms, sitting, "rust", "slapen", "zingen")
    shown(screen, sitting)
    screen.evaluate(WATCH)
    write(rooms, sitting, "tuin", "stilte", "water")
    shown(screen, sitting)
    sitting.do("timer-plus")
    shown(screen, sitting)

    assert sorted(screen.evaluate("() => window.moved")) == ["stilte", "tuin", "water"]


def test_nothing_moves_for_who_asked_for_less_motion(rooms: House) -> None:
    sitting = begun(rooms, "flap", FLAP)
    screen = rooms.screen(sitting, **BEAMER, reduced_motion="reduce")
    screen.evaluate(WATCH)
    write(rooms, sitting, "rust", "slapen", "zingen")
    shown(screen, sitting)

    expect(screen.locator(".k-flap__card")).to_have_count(3)
    assert screen.evaluate("() => window.moved") == []


def test_code_for_who_is_late_stands_beside_the_exercise(rooms: House) -> None:
    sitting = begun(rooms, "presentatie", SLIDES)
    screen = rooms.screen(sitting)
    sitting.do("join")
    shown(screen, sitting)
    faults = unfilled(screen)
    for width, height in BEAMERS:
        resize(screen, width, height)
        shoot(screen, "late")

    expect(screen.get_by_role("heading", name="Herstel is een weg")).to_be_visible()
    expect(screen.get_by_role("img", name="QR-code om mee te doen")).to_be_in_viewport(ratio=1)
    expect(screen.locator(".join-code")).to_be_in_viewport(ratio=1)
    assert faults == []

    sitting.do("next")
    shown(screen, sitting)
    expect(screen.get_by_role("img", name="QR-code om mee te doen")).to_have_count(0)

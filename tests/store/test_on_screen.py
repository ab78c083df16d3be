"""What is kept was on the screen: uncovered, on a page that was turned to, and not taken off after all."""

from collections.abc import Collection

from tests.store.acts import FLAP, on_the_wall, sealed, sent, shown, texts, withdraw
from tests.support.hall import Hall
from trainer.kinds.contract import Seen
from trainer.kinds.flap import Flap, FlapState, Settings
from trainer.live.audience import Audience, Role

SIX = ("durf", "geduld", "hoop", "lef", "moed", "trots")
# So many, and so long, that they need several pages.
MANY = tuple(f"{number:02} en dan nog een lang woord of wat" for number in range(80))


class Boastful(Flap):
    """A flap that says of every card that it is on the screen."""

    def on_screen(self, settings: Settings, state: FlapState, seen: Seen) -> Collection[str]:
        return [card.id for card in seen.cards]


def first_page(hall: Hall) -> list[str]:
    """The texts that the screen shows."""
    html = hall.host.messages.message(hall.room, Audience(Role.SCREEN))["html"]
    return [text for text in MANY if text in html]


def card(hall: Hall, text: str) -> str:
    """The id of the card with this text."""
    return next(post.id for post in hall.posts(FLAP) if post.payload["text"] == text)


# What was never on the screen


def test_cards_on_a_page_that_nobody_turned_to_are_on_no_wall_and_in_no_file(flap: Hall) -> None:
    shown(flap, MANY)
    there = first_page(flap)
    assert 5 < len(there) < len(MANY)

    sealed(flap)

    assert (on_the_wall(flap), texts(flap)) == (there, {"antwoorden": tuple(there)})
    written = flap.written()
    assert [text for text in MANY if text.encode() in written] == there


def test_cards_on_every_page_that_was_turned_to_are_kept_when_the_meeting_closes(flap: Hall) -> None:
    shown(flap, MANY)
    there = first_page(flap)
    flap.do("do:page", number="1")
    there += first_page(flap)

    flap.do("close")

    assert texts(flap) == {"antwoorden": tuple(sorted(there))}


def test_cards_behind_the_cover_are_not_kept(flap: Hall) -> None:
    flap.do("cover")
    shown(flap, SIX)

    flap.do("close")

    assert texts(flap) == {}


def test_a_kind_that_says_that_all_was_on_the_screen_cannot_go_around_the_cover(flap: Hall) -> None:
    flap.host.kinds = {**flap.host.kinds, Flap.name: Boastful()}
    flap.host.rooms.forget([flap.meeting])
    flap.do("cover")
    shown(flap, SIX)

    sealed(flap)

    assert texts(flap) == {}


def test_cards_are_kept_once_the_cover_was_off(flap: Hall) -> None:
    flap.do("cover")
    shown(flap, SIX)
    flap.do("cover")
    flap.do("cover")

    sealed(flap)

    assert texts(flap) == {"antwoorden": SIX}


def test_cards_of_which_the_room_had_only_a_cloud_of_words_are_not_kept(flap: Hall) -> None:
    flap.do("do:cloud")
    shown(flap, tuple(f"{word} is wat mij altijd weer helpt" for word in SIX))

    sealed(flap)

    assert texts(flap) == {}


def test_short_answers_that_were_in_the_cloud_as_a_whole_are_kept(flap: Hall) -> None:
    flap.do("do:cloud")
    shown(flap, SIX)

    sealed(flap)

    assert texts(flap) == {"antwoorden": SIX}


def test_a_card_that_comes_onto_the_page_when_others_leave_was_seen(flap: Hall) -> None:
    phones = shown(flap, MANY)
    there = first_page(flap)
    withdraw(flap, phones[there[0]], now=True)
    after = first_page(flap)
    assert set(after) - set(there) != set()

    sealed(flap)

    assert texts(flap) == {"antwoorden": tuple(sorted({*there[1:], *after}))}


def test_what_was_on_the_screen_is_known_after_a_restart(flap: Hall) -> None:
    shown(flap, SIX)
    flap.do("goto", step="welkom")

    again = flap.restarted()
    again.do("close")

    assert texts(again) == {"antwoorden": SIX}


# What is taken off the wall of a sealed step


def held(hall: Hall, *words: str) -> Hall:
    """The trainer goes back to a sealed step, and takes these off the screen."""
    sealed(hall)
    hall.do("goto", step=FLAP)
    for word in words:
        hall.do("do:hold", id=card(hall, word))
    return hall


def test_a_card_that_is_taken_off_a_sealed_wall_goes_out_of_the_results_too(flap: Hall) -> None:
    shown(flap, SIX)

    held(flap, "lef")

    left = tuple(word for word in SIX if word != "lef")
    assert texts(flap) == {"antwoorden": left}
    flap.do("close")
    assert texts(flap.restarted()) == {"antwoorden": left}
    assert b'"lef"' not in flap.written()


def test_nothing_is_kept_when_fewer_than_five_phones_may_be_left(flap: Hall) -> None:
    phones = shown(flap, SIX)
    for word in ("rust", "ruimte"):
        assert flap.post(phones["moed"], FLAP, text=word) is None
    sent(flap, ("stilte", "tijd", "zorg"))
    flap.do("do:draw")
    flap.do("do:show-all")

    held(flap, "stilte", "tijd", "rust", "zorg")
    assert len(texts(flap)["antwoorden"] or ()) == 7

    flap.do("do:hold", id=card(flap, "ruimte"))
    assert (texts(flap), [row.few for row in flap.host.kept(flap.meeting)]) == ({"antwoorden": None}, [True])


def test_a_card_that_is_taken_off_after_a_restart_goes_out_too(flap: Hall) -> None:
    shown(flap, SIX)
    again = sealed(flap).restarted()

    again.do("goto", step=FLAP)
    again.do("do:hold", id=card(again, "lef"))

    assert texts(again) == {"antwoorden": tuple(word for word in SIX if word != "lef")}


def test_a_card_that_is_shown_again_on_a_sealed_wall_does_not_come_back_into_the_results(flap: Hall) -> None:
    shown(flap, SIX)
    held(flap, "lef")

    flap.do("do:show", id=card(flap, "lef"))

    assert texts(flap) == {"antwoorden": tuple(word for word in SIX if word != "lef")}


def test_how_many_may_go_is_forgotten_when_the_meeting_closes(flap: Hall) -> None:
    shown(flap, SIX)
    sealed(flap)
    assert flap.state.spare == {FLAP: {"antwoorden": 1}}

    flap.do("close")

    assert flap.state.spare == {}

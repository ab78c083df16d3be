"""A phone that leaves and joins again: two phones, and one person wherever people are counted."""

import sqlite3

from tests.store.acts import FLAP, LINE, on_the_wall, refused, sent, voted
from tests.support.hall import Hall


def left_and_back(hall: Hall, phone: str) -> str:
    hall.host.leave(hall.meeting, phone)
    return hall.phone()


def test_cards_of_two_people_of_whom_one_came_back_are_not_shown(flap: Hall) -> None:
    phones = sent(flap, ["moed", "geduld"])
    flap.post(left_and_back(flap, phones["moed"]), FLAP, text="hoop")

    assert refused(flap.ask("do:draw")) == "few"
    sent(flap, ["lef"])
    flap.do("do:draw")
    flap.do("do:show-all")
    assert on_the_wall(flap) == ["geduld", "hoop", "lef", "moed"]


def test_votes_of_two_people_of_whom_one_came_back_are_not_shown(hall: Hall) -> None:
    hall.do("goto", step=LINE)
    phones = voted(hall, "0", "1")
    hall.post(left_and_back(hall, phones[0]), LINE, "1", place="2")

    assert refused(hall.ask("do:show")) == "few"


def test_who_left_before_this_exercise_counts_for_nothing_in_it(flap: Hall) -> None:
    left_and_back(flap, flap.phone())

    sent(flap, ["moed", "geduld", "hoop"])

    flap.do("do:draw")


def test_people_who_go_home_after_sending_still_count(flap: Hall) -> None:
    early = flap.phone()
    flap.host.leave(flap.meeting, early)
    phones = sent(flap, ["moed", "geduld", "hoop"])

    for phone in phones.values():
        flap.host.leave(flap.meeting, phone)

    flap.do("do:draw")


def test_who_left_may_be_anybody_after_a_restart(flap: Hall) -> None:
    phones = sent(flap, ["moed", "geduld"])
    flap.post(left_and_back(flap, phones["moed"]), FLAP, text="hoop")

    again = flap.restarted()

    assert refused(again.ask("do:draw")) == "few"
    sent(again, ["lef"])
    again.do("do:draw")


def test_who_went_home_before_a_restart_still_counts(flap: Hall) -> None:
    for phone in sent(flap, ["moed", "geduld", "hoop"]).values():
        flap.host.leave(flap.meeting, phone)

    flap.restarted().do("do:draw")


def test_who_left_before_a_restart_may_be_who_came_in_after_it(flap: Hall) -> None:
    phones = sent(flap, ["moed", "geduld"])
    flap.host.leave(flap.meeting, phones["moed"])
    again = flap.restarted()
    sent(again, ["hoop"])

    assert refused(again.ask("do:draw")) == "few"
    assert refused(again.restarted().ask("do:draw")) == "few"


def test_who_left_before_a_restart_counts_for_nothing_in_what_begins_after_it(hall: Hall) -> None:
    hall.do("goto", step=LINE)
    for phone in voted(hall, "0", "1", "2"):
        left_and_back(hall, phone)
    again = hall.restarted()

    again.do("goto", step=FLAP)
    sent(again, ["moed", "geduld", "hoop"])

    again.do("do:draw")


def test_database_knows_how_many_left_and_not_which(flap: Hall) -> None:
    phones = sent(flap, ["moed", "geduld", "hoop"])
    database = sqlite3.connect(flap.folder / "data" / "kwartier.db")
    before = database.execute("SELECT * FROM post").fetchall()

    left_and_back(flap, phones["moed"])

    assert database.execute("SELECT * FROM post").fetchall() == before
    assert database.execute("SELECT departed FROM meeting WHERE id = ?", [flap.meeting]).fetchall() == [(1,)]

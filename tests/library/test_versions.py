"""Every save of a local text is a version: nothing is overwritten, and what is given is always sound."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

from tests.library.desk import FAULTY, NATIONAL, Desk, greeting
from trainer.library.versions import Conflict, Refused, Saved

FIRST, SECOND = greeting("Hallo in Oost."), greeting("Dag allemaal.")


def test_an_editor_begins_with_the_national_text(desk: Desk) -> None:
    assert desk.opened() == (0, NATIONAL)


def test_every_save_is_a_version_and_the_last_is_given(desk: Desk) -> None:
    saved = [desk.save(FIRST, 0), desk.save(SECOND, 1, note="Korter")]

    assert saved == [Saved(1), Saved(2)]
    assert desk.texts() == [SECOND, FIRST]
    assert (desk.given(), desk.opened()) == (SECOND, (2, SECOND))


def test_a_version_says_who_made_it_and_when_and_why(desk: Desk) -> None:
    desk.save(FIRST, 0, who="Ana", note="Voor Oost")

    version = desk.versions.history(desk.course, desk.part)[0]

    assert (version.who, version.note, version.base) == ("Ana", "Voor Oost", NATIONAL)
    assert datetime.strptime(version.made, "%Y-%m-%d %H:%M").date() == desk.site.today


def test_saving_without_a_change_makes_no_version(desk: Desk) -> None:
    assert desk.save(NATIONAL, 0) == Saved(0)
    desk.save(FIRST, 0)

    assert desk.save(FIRST.replace("\n", "\r\n"), 1) == Saved(1)
    assert desk.states() == [(1, "given")]


def test_a_text_with_a_problem_is_kept_as_a_draft_and_not_given(desk: Desk) -> None:
    desk.save(FIRST, 0)

    saved = desk.save(FAULTY, 1)

    assert isinstance(saved, Saved)
    assert [problem.code for problem in saved.problems] == ["step.unknown-kind"]
    assert (desk.given(), desk.opened()) == (FIRST, (2, FAULTY))
    assert desk.states() == [(2, "draft"), (1, "given")]


def test_a_draft_that_is_mended_is_given(desk: Desk) -> None:
    desk.save(FAULTY, 0)
    given_before = desk.given()

    desk.save(SECOND, 1)

    assert (given_before, desk.given()) == (NATIONAL, SECOND)


def test_a_text_too_large_to_read_is_refused(desk: Desk) -> None:
    refused = desk.save("x\n" * 200_000, 0)

    assert isinstance(refused, Refused)
    assert [problem.code for problem in refused.problems] == ["file.too-large"]
    assert desk.states() == []


def test_a_part_that_is_not_national_has_no_versions(desk: Desk) -> None:
    desk.part = "dagdeel-9"

    refused = desk.save(FIRST, 0)

    assert isinstance(refused, Refused)
    assert [problem.code for problem in refused.problems] == ["variant.no-base"]


def test_two_who_change_different_headings_get_one_text_with_both(desk: Desk) -> None:
    desk.save(FIRST, 0, who="Ana")

    second = desk.save(NATIONAL.replace("tempo was", "tempo bleef"), 0, who="Bo")

    assert second == Saved(2, merged=True)
    assert desk.given() == FIRST.replace("tempo was", "tempo bleef")


def test_two_who_change_the_same_lines_both_keep_their_text(desk: Desk) -> None:
    desk.save(FIRST, 0, who="Ana")

    second = desk.save(SECOND, 0, who="Bo")

    assert isinstance(second, Conflict)
    [both] = second.merge.conflicts
    assert ([second.number, second.latest], both.key) == ([2, 1], "welkom")
    assert [greeting.splitlines()[-1] for greeting in (both.base, both.ours, both.theirs)] == [
        "Fijn dat je er bent.", "Dag allemaal.", "Hallo in Oost.",
    ]  # fmt: skip
    assert (desk.given(), desk.opened()) == (FIRST, (1, FIRST))
    assert desk.states() == [(2, "aside"), (1, "given")]


def join(desk: Desk, aside: int, seen: int, words: str) -> Saved | Refused | Conflict:
    text = greeting(words)
    return desk.do(lambda: desk.versions.join(desk.course, desk.part, aside, text, seen=seen, who="Bo"))


def test_a_version_aside_waits_until_it_is_joined(desk: Desk) -> None:
    desk.save(FIRST, 0)
    desk.save(SECOND, 0)
    waiting = [one.number for one in desk.versions.unjoined(desk.course, desk.part)]

    joined = join(desk, 2, 1, "Hallo, dag allemaal in Oost.")

    assert (waiting, joined) == ([2], Saved(3))
    assert list(desk.versions.unjoined(desk.course, desk.part)) == []
    assert desk.versions.conflict(desk.course, desk.part, 2) is None


def test_two_versions_aside_that_change_nothing_are_both_joined(desk: Desk) -> None:
    desk.save(FIRST, 0)
    desk.save(SECOND, 0)
    desk.save(greeting("Hoi."), 0)

    joined = [join(desk, aside, 1 if aside == 2 else 4, "Hallo in Oost.") for aside in (2, 3)]

    assert joined == [Saved(4), Saved(5)]
    assert list(desk.versions.unjoined(desk.course, desk.part)) == []
    assert desk.given() == FIRST


def test_a_version_aside_can_be_looked_at_again(desk: Desk) -> None:
    desk.save(FIRST, 0)
    first = desk.save(SECOND, 0)

    assert desk.versions.conflict(desk.course, desk.part, 2) == first


def test_joining_when_somebody_saved_again_is_a_new_conflict(desk: Desk) -> None:
    desk.save(FIRST, 0)
    desk.save(SECOND, 0)
    desk.save(greeting("Hoi."), 1)

    again = join(desk, 2, 1, "Hallo, dag allemaal in Oost.")

    assert isinstance(again, Conflict)
    assert (again.number, desk.given()) == (4, greeting("Hoi."))
    assert [one.number for one in desk.versions.unjoined(desk.course, desk.part)] == [4]


def test_restoring_makes_a_new_version_that_is_as_the_old(desk: Desk) -> None:
    desk.save(FIRST, 0)
    desk.save(SECOND, 1)

    assert desk.restore(1) == Saved(3)

    assert desk.texts() == [FIRST, SECOND, FIRST]
    assert desk.given() == FIRST


def test_restoring_a_version_that_is_not_there_does_nothing(desk: Desk) -> None:
    desk.save(FIRST, 0)

    assert desk.restore(7) is None
    assert desk.states() == [(1, "given")]


def test_back_to_national_follows_the_national_text_and_keeps_the_versions(desk: Desk) -> None:
    desk.save(FIRST, 0)
    desk.to_national()
    newer = greeting("Welkom.")

    desk.publish(newer)

    assert (desk.given(), desk.opened()) == (newer, (2, newer))
    assert desk.states() == [(2, "national"), (1, "given")]
    assert desk.restore(1) == Saved(3)
    assert desk.given() == FIRST


def test_a_version_after_back_to_national_is_made_from_the_national_text_of_then(desk: Desk) -> None:
    desk.save(FIRST, 0)
    desk.to_national()
    newer = greeting("Welkom.")
    desk.publish(newer)

    desk.save(SECOND, 2)

    assert desk.versions.history(desk.course, desk.part)[0].base == newer


def test_what_is_new_nationally_is_kept_as_the_new_base(desk: Desk) -> None:
    desk.save(FIRST, 0)
    newer = NATIONAL.replace("tempo was", "tempo bleef")
    desk.publish(newer)
    news = desk.versions.news(desk.course, desk.part)
    assert news is not None

    def update(seen: int, national: str) -> Saved | Refused | None:
        return desk.do(
            lambda: desk.versions.update(
                desk.course, desk.part, news.text(), national=national, seen=seen, who="Ana"
            )
        )

    assert (update(7, newer), update(1, NATIONAL)) == (None, None)
    assert update(1, newer) == Saved(2)
    assert desk.given() == FIRST.replace("tempo was", "tempo bleef")
    assert (
        desk.versions.history(desk.course, desk.part)[0].base,
        desk.versions.news(desk.course, desk.part),
    ) == (
        newer,
        None,
    )


def test_keeping_the_own_text_is_remembered_too(desk: Desk) -> None:
    desk.save(FIRST, 0)
    newer = greeting("Welkom.")
    desk.publish(newer)

    desk.do(lambda: desk.versions.update(desk.course, desk.part, FIRST, national=newer, seen=1, who="Ana"))

    assert desk.versions.is_behind(desk.course, desk.part) is False
    assert (desk.given(), desk.states()) == (FIRST, [(2, "given"), (1, "given")])


def test_without_a_text_of_its_own_a_course_is_never_behind(desk: Desk) -> None:
    desk.publish(greeting("Welkom."))

    assert desk.versions.news(desk.course, desk.part) is None


def test_many_who_save_at_the_same_moment_all_keep_their_text(desk: Desk) -> None:
    words = [f"Hallo van {number}." for number in range(6)]
    ready = Barrier(len(words))

    def one(words: str) -> None:
        with desk.site.app.app_context():
            ready.wait()
            desk.save(greeting(words), 0)

    with ThreadPoolExecutor(len(words)) as people:
        list(people.map(one, words))

    assert sorted(desk.texts()) == sorted(map(greeting, words))
    assert [number for number, _ in desk.states()] == [6, 5, 4, 3, 2, 1]

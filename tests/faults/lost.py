"""Killed, cut off, pressed twice: nothing told saved is lost or doubled, and every view is right again."""

import random
import sqlite3
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.faults.people import PatientPhone, percentile
from tests.faults.proxy import Proxy
from tests.support.findings import Finding
from tests.support.klein import PROGRAMMES
from tests.support.pages import Control
from tests.support.server import RunningServer, wait_for
from tests.support.trainers import Trainer

QUICK = {"CONTENT_DIR": str(PROGRAMMES), "POST_RATE": "10000", "POST_BURST": "10000"}
FLAP = "wat-brengt-ervaring"
TEXTS_A_PHONE = 3
PATIENCE = 120.0
ASLEEP_SECONDS = 600.0


def prove(quick: bool, seed: int) -> list[Finding]:
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as place:
        server = RunningServer(Path(place), **QUICK).start()
        try:
            people = 10 if quick else 100
            # Those who are killed, those who are cut off, and the one who presses: the door lets in no more.
            Trainer(server).make_account().expect(2 * people + 1)
            found = killed(server, chance, people, kills=2 if quick else 20, within=5)
            rounds, seconds = (1, 3) if quick else (4, 60)
            found += swallowed(server, chance, people, rounds, seconds, within=3)
            found += pressed(server, times=100 if quick else 1000)
            return found
        finally:
            server.stop()


def asleep(seed: int) -> list[Finding]:
    """Ten minutes in which a phone hears nothing: long after the server has given it up."""
    with tempfile.TemporaryDirectory() as place:
        server = RunningServer(Path(place), **QUICK).start()
        try:
            Trainer(server).make_account()
            return swallowed(
                server, random.Random(seed), people=10, rounds=1, seconds=ASLEEP_SECONDS, within=3
            )
        finally:
            server.stop()


def killed(
    server: RunningServer, chance: random.Random, people: int, kills: int, within: int
) -> list[Finding]:
    """`kill -9` in the middle of a burst of three texts a phone; everybody must be back `within` seconds."""
    phones = [PatientPhone(server, chance=chance) for _ in range(people)]
    trainer = Trainer(server).log_in()
    lost = doubled = 0
    back: list[float] = []
    for round_ in range(kills):
        control = _at_an_empty_flap(trainer, phones)
        texts = _write(phones, f"slag {round_}")
        goal = chance.randrange(len(texts) // 4, 3 * len(texts) // 4)
        _until_saved(phones, texts, goal)
        server.kill()
        safe = {text for phone in phones for text in phone.acked} & texts
        lost += len(safe - set(_stored(server)))
        control.socket.eio.disconnect(abort=True)
        restarted = time.monotonic()
        server.start()
        _until_saved(phones, texts, len(texts))
        _until_back(phones, restarted)
        back += [_late(phone, restarted) for phone in phones]
        stored = _stored(server)
        lost += len(texts - set(stored))
        doubled += sum(count - 1 for count in stored.values())
    wrong = _wrong_views(phones)
    for phone in phones:
        phone.stop()
    late = percentile(back, 0.95)
    return [
        _none(f"killed {kills} times in a burst of {people * TEXTS_A_PHONE}: told saved and lost", lost),
        _none("killed: refused for good", _refused(phones)),
        _none("killed: stored twice", doubled),
        _none("killed: views that differ from a fresh one", wrong),
        Finding(
            "killed: back after the restart, p95",
            f"{late:.1f} s",
            f"at most {within} s",
            late <= within,
            clock=True,
        ),
    ]


def swallowed(
    server: RunningServer, chance: random.Random, people: int, rounds: int, seconds: float, within: int
) -> list[Finding]:
    """The network swallows everything while they post, longer than the server waits for a sign of life.

    Then everybody must be back `within` seconds.
    """
    proxy = Proxy(server.port)
    phones = [PatientPhone(server, proxy.url, chance) for _ in range(people)]
    trainer = Trainer(server).log_in()
    lost = doubled = sent = 0
    back: list[float] = []
    for round_ in range(rounds):
        control = _at_an_empty_flap(trainer, phones)
        texts = _write(phones, f"stil {round_}")
        goal = chance.randrange(1, len(texts) // 2)
        _until_saved(phones, texts, goal)
        proxy.swallow()
        time.sleep(seconds)
        proxy.let_pass()
        woken = time.monotonic()
        with ThreadPoolExecutor(len(phones)) as pool:
            list(pool.map(lambda phone: phone.wake(), phones))
        _until_back(phones, woken)
        back += [_late(phone, woken) for phone in phones]
        _until_saved(phones, texts, len(texts))
        stored = _stored(server)
        sent += len(texts)
        lost += len(texts - set(stored))
        doubled += sum(count - 1 for count in stored.values())
        control.close()
    wrong = _wrong_views(phones)
    for phone in phones:
        phone.stop()
    proxy.stop()
    late = percentile(back, 0.95)
    return [
        _none(f"swallowed for {seconds:g} s, {sent} posts: lost", lost),
        _none("swallowed: refused for good", _refused(phones)),
        _none("swallowed: stored twice", doubled),
        _none("swallowed: views that differ from a fresh one", wrong),
        Finding("swallowed: back, p95", f"{late:.1f} s", f"at most {within} s", late <= within, clock=True),
    ]


def pressed(server: RunningServer, times: int) -> list[Finding]:
    """Two trainers press at the same moment, again and again."""
    trainer = Trainer(server).log_in()
    meeting = PatientPhone(server)
    pages = [trainer.control(meeting.meeting), trainer.control(meeting.meeting)]
    pages[0].go("goto", step="eens-of-oneens")
    first = pages[0].version
    wait_for(lambda: pages[1].version == first, "the same view")
    reasons: Counter[str] = Counter()
    with ThreadPoolExecutor(2) as pool:
        for turn in range(times):
            seen = first + turn
            name = "back" if turn % 2 else "next"
            answers = list(pool.map(lambda page, s=seen, n=name: page.command(n, version=s), pages))
            reasons.update(answer.get("message", "ok") for answer in answers)
    wait_for(lambda: pages[0].version >= first + times, "the last view")
    meeting.stop()
    for page in pages:
        page.close()
    moves, refused = reasons.pop("ok"), sum(reasons.values())
    explained = sum(count for said, count in reasons.items() if "Je collega was je voor" in said)
    both = "two trainers press at once"
    return [
        Finding(f"{both}, {times} times: transitions", str(moves), str(times), moves == times),
        Finding(f"{both}: refusals explained", str(explained), str(refused), explained == refused),
    ]


def _at_an_empty_flap(trainer: Trainer, phones: list[PatientPhone]) -> Control:
    control = trainer.control(phones[0].meeting)
    control.go("goto", step=FLAP)
    control.go("restart")
    wait_for(lambda: all(phone.page for phone in phones), "everybody", PATIENCE)
    return control


def _write(phones: list[PatientPhone], word: str) -> set[str]:
    texts = {f"{word} {number}.{nth}" for number in range(len(phones)) for nth in range(TEXTS_A_PHONE)}
    for number, phone in enumerate(phones):
        for nth in range(TEXTS_A_PHONE):
            phone.write(FLAP, f"{word} {number}.{nth}")
    return texts


def _until_saved(phones: list[PatientPhone], texts: set[str], number: int) -> None:
    """Waits until so many of these texts are answered, or for too long: who calls counts what is stored."""

    def enough() -> bool:
        told = [text for phone in phones for text in (*phone.acked, *phone.refused)]
        return sum(text in texts for text in told) >= number

    with suppress(AssertionError):
        wait_for(enough, f"{number} of {len(texts)} texts to be answered", PATIENCE)


def _refused(phones: list[PatientPhone]) -> int:
    return sum(len(phone.refused) for phone in phones)


def _until_back(phones: list[PatientPhone], moment: float) -> None:
    """Waits for everybody; who never came back was seen long before, and is counted by that."""
    with suppress(AssertionError):
        wait_for(lambda: all(phone.seen > moment for phone in phones), "all phones to be back", PATIENCE)


def _late(phone: PatientPhone, moment: float) -> float:
    """Seconds after `moment` at which a phone was back: endless when it never was."""
    return phone.seen - moment if phone.seen > moment else float("inf")


def _stored(server: RunningServer) -> Counter[str]:
    with sqlite3.connect(server.folder / "data" / "kwartier.db") as database:
        query = "SELECT json_extract(payload, '$.text') FROM post WHERE step = ?"
        return Counter(text for (text,) in database.execute(query, [FLAP]))


def _wrong_views(phones: list[PatientPhone]) -> int:
    """Pages of which the view or the private fragment is not what a page has that opens now."""

    def is_wrong(phone: PatientPhone) -> bool:
        held = phone.page
        fresh = phone.another_page()
        own = fresh.own.get("html", "")
        try:
            wait_for(lambda: held and held.view["key"] == fresh.view["key"] and _own(held) == own, "the same")
            return False
        except AssertionError:
            return True
        finally:
            fresh.close()

    return sum(is_wrong(phone) for phone in phones)


def _own(page: Any) -> str:
    return str(page.own.get("html", ""))


def _none(promise: str, found: int) -> Finding:
    return Finding(promise, str(found), "0", found == 0)

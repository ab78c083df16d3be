"""Somebody who guesses at passwords for a day, or at codes, and a trainer who logs in from a new laptop."""

import random

from tests.attack.guessing import Time
from tests.attack.stolen import none
from tests.support.findings import Finding
from trainer.meetings.onetime import OneTimeCodes
from trainer.web import factors
from trainer.web.backoff import TURN_SECONDS, TURNS_AT_ONCE, Backoff, Turns

DAY = 24 * 3600
# What the limits allow, and what passwords of ten characters and more can bear.
GUESSES_A_DAY = TURNS_AT_ONCE + int(DAY / TURN_SECONDS)
FROM_A_KNOWN_BROWSER = 400
CHANCE_A_DAY = 0.001
# Far more than one server answers.
GUESSES_PER_SECOND = 1000
SLOW_ATTACKS = (0.2, 1.0)
PRESSES_EVERY, TRAINERS, PATIENCE = 5.0, 200, 60.0


def passwords(seed: int) -> list[Finding]:
    """The rules of the server, asked as often as an attacker can, who takes a new browser for each guess."""
    strangers, known, kept_out = _strangers(), _known_browser(), _with_a_code()
    # Whoever has the password guesses at the code of the second factor.
    hits = _strangers(factors.TURNS_AT_ONCE, factors.TURN_SECONDS) * (2 * factors.WINDOWS_BESIDE + 1)
    chance = hits / 10**factors.DIGITS
    found = [
        Finding(
            "guesses at one password in a day, from all unknown browsers",
            str(strangers),
            f"at most {GUESSES_A_DAY}",
            strangers <= GUESSES_A_DAY,
        ),
        Finding(
            "guesses at it in a day from a browser that is known to the account",
            str(known),
            f"at most {FROM_A_KNOWN_BROWSER}",
            known <= FROM_A_KNOWN_BROWSER,
        ),
        Finding(
            "guesses at the second factor in a day, by whoever has the password: chance of a hit",
            f"{chance:.5f}",
            f"under {CHANCE_A_DAY}",
            0 < chance < CHANCE_A_DAY,
        ),
        none(f"meanwhile kept out with a code, or from a known browser, of {TRAINERS}", kept_out),
    ]
    for rate in SLOW_ATTACKS:
        waited = _median_wait(rate, random.Random(seed))
        found.append(
            Finding(
                f"median wait on an unknown laptop without a code, at {rate} guesses a second",
                f"{waited:.0f} s",
                f"under {PATIENCE:.0f} s",
                waited < PATIENCE,
            )
        )
    return found


def _strangers(at_once: int = TURNS_AT_ONCE, seconds: float = TURN_SECONDS) -> int:
    time = Time()
    turns = Turns(time.now, at_once, seconds)
    guesses = 0
    for second in range(DAY):
        time.seconds = float(second)
        for _ in range(GUESSES_PER_SECOND):
            if not turns.take("sam"):
                break
            guesses += 1
    return guesses


def _known_browser() -> int:
    """Of a thief who has the cookie: the backoff alone."""
    time = Time()
    backoff = Backoff(time.now)
    guesses = 0
    for second in range(DAY):
        time.seconds = float(second)
        while not backoff.wait("sam device"):
            guesses += 1
            backoff.failed("sam device")
    return guesses


def _with_a_code() -> int:
    """Trainers who log in while all turns are used up: their browser needs none."""
    time = Time()
    turns, backoff, codes = Turns(time.now), Backoff(time.now), OneTimeCodes[str](time.now)
    out = 0
    for number in range(TRAINERS):
        time.seconds += 60
        while turns.take("sam"):
            backoff.failed(f"sam stranger {number}")
        codes.make("sam", "sam")
        shown = codes.shown("sam")
        out += shown is None or codes.use(shown.text) != "sam" or backoff.wait(f"sam laptop {number}") > 0
    return out


def _median_wait(rate: float, chance: random.Random) -> float:
    """How long trainers wait who press every few seconds, while others guess `rate` times a second."""
    waits = []
    for _ in range(TRAINERS):
        time = Time()
        turns = Turns(time.now)
        while turns.take("sam"):
            pass
        attack, press, began = 0.0, 600 + chance.random() * PRESSES_EVERY, 600.0
        while True:
            if attack <= press:
                time.seconds = attack
                turns.take("sam")
                attack += chance.expovariate(rate)
                continue
            time.seconds = press
            if turns.take("sam"):
                waits.append(press - began)
                break
            press += PRESSES_EVERY * (0.5 + chance.random())
    return sorted(waits)[len(waits) // 2]

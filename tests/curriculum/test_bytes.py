"""Files that are not the text that they should be."""

import pytest

from tests.curriculum.standins import Read

FRONT = b"---\ntitel: T\n---\n## A {#a minuten=5}\n"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            FRONT + b"goed\nfout: \xe9\n",
            "6: dit is geen UTF-8; bewaar het bestand als UTF-8 [file.not-utf8]",
        ),
        (
            FRONT.decode().encode("utf-16"),
            "1: dit is geen UTF-8; bewaar het bestand als UTF-8 [file.not-utf8]",
        ),
        (
            FRONT + b"zin. " * 60_000,
            "1: het bestand is te groot: meer dan 256 kB; splits het [file.too-large]",
        ),
        (
            FRONT + b"\n" * 6_000,
            "3001: het bestand is te lang: meer dan 3000 regels; splits het [file.too-many-lines]",
        ),
        (
            FRONT + b"lang " * 1_001,
            "5: de regel is te lang: meer dan 5000 tekens; maak er meer alinea's van [file.long-line]",
        ),
        (
            FRONT + b"goed\n" + b"[" * 20_000,
            "6: het bestand heeft te veel haken, sterretjes of andere tekens; splits het [file.too-complex]",
        ),
        (FRONT + b"nul\0\n", "5: onzichtbaar teken U+0000; haal het weg [file.control-character]"),
        (FRONT + b"\x02\n", "5: onzichtbaar teken U+0002; haal het weg [file.control-character]"),
        (
            FRONT + "om\u202egekeerd\n".encode(),
            "5: onzichtbaar teken U+202E; haal het weg [file.control-character]",
        ),
        (
            FRONT + "een\u2028twee\n".encode(),
            "5: onzichtbaar teken U+2028; haal het weg [file.control-character]",
        ),
        (
            FRONT + b"[" * 250 + b"\n",
            "5: te veel haken, sterretjes of andere tekens in één alinea; splits de alinea"
            " [text.too-complex]",
        ),
        (
            b"---\ntitel: T\ndoel: >\n" + b"  heel lang\n" * 2_000 + b"---\n## A {#a minuten=5}\n",
            "1: de gegevens bovenaan zijn te lang: meer dan 16000 tekens [front.too-large]",
        ),
        (
            b"---\ntitel: T\n---\n## A " + b"b" * 500 + b"{#a minuten=5}\n",
            "4: de kop is te lang: meer dan 400 tekens [heading.too-long]",
        ),
    ],
)
def test_problem_with_bytes(read: Read, data: bytes, expected: str) -> None:
    part, problems = read(data)

    assert problems == [f"dagdeel-1.md:{expected}"]
    assert part is None


def test_tabs_and_emoji_are_fine(read: Read) -> None:
    part, problems = read(FRONT + "\tingesprongen\n\nHallo 👩‍👩‍👧 é\n".encode())

    assert problems == []
    assert part is not None

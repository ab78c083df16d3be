"""What becomes of a good file."""

from markupsafe import Markup

from tests.curriculum.standins import Flap, Plain, Read, interpret
from trainer.curriculum.model import Block, Note, Part, Step, StepSource
from trainer.curriculum.parse import read_part
from trainer.curriculum.problems import Problems

GOOD = """\
---
titel: Dagdeel 1
doel: Kennismaken
minuten: 60
bronnen:
  - Een boek
  - 'Nog een: over herstel'
---

## Welkom {#welkom minuten=15}

Fijn dat je er bent.

> [!TRAINER]
> **Zeg** hallo.

## Thema {#thema minuten=45 werkvorm=flap max=3}

Wat is herstel?

> [!TRAINER]
> Voor het hele blok.

### Stickers plakken {#stickers optie=1 minuten=20}

- Een vraag

### Diagnose {#diagnose werkvorm=flap vorm="keuze" definitie=ja optie=2}

> [!TRAINER]
> Alleen hier.
"""


def test_part_from_good_file(read: Read) -> None:
    part, problems = read(GOOD)

    assert problems == []
    assert part == Part(
        id="dagdeel-1",
        title="Dagdeel 1",
        goal="Kennismaken",
        sources=("Een boek", "Nog een: over herstel"),
        blocks=(
            Block(
                id="welkom",
                title="Welkom",
                minutes=15,
                notes=Markup(""),
                line=10,
                steps=(
                    Step(
                        id="welkom",
                        title="Welkom",
                        kind="uitleg",
                        html=Markup("<p>Fijn dat je er bent.</p>"),
                        notes=Markup("<p><strong>Zeg</strong> hallo.</p>"),
                        minutes=15,
                        settings=Plain(),
                        line=10,
                    ),
                ),
            ),
            Block(
                id="thema",
                title="Thema",
                minutes=45,
                notes=Markup("<p>Voor het hele blok.</p>"),
                line=17,
                steps=(
                    Step(
                        id="thema",
                        title="Thema",
                        kind="flap",
                        html=Markup("<p>Wat is herstel?</p>"),
                        notes=Markup(""),
                        settings=Flap(most=3),
                        line=17,
                    ),
                    Step(
                        id="stickers",
                        title="Stickers plakken",
                        kind="uitleg",
                        html=Markup("<ul>\n<li>Een vraag</li>\n</ul>"),
                        notes=Markup(""),
                        option=1,
                        minutes=20,
                        settings=Plain(),
                        line=24,
                    ),
                    Step(
                        id="diagnose",
                        title="Diagnose",
                        kind="flap",
                        html=Markup(""),
                        notes=Markup("<p>Alleen hier.</p>"),
                        option=2,
                        settings=Flap(define=True, form="keuze"),
                        line=28,
                    ),
                ),
            ),
        ),
    )
    assert part.minutes == 60


def test_source_has_the_lines_of_the_file() -> None:
    sources: list[StepSource] = []
    text = """\
---
titel: T
---
## Dia's {#dias minuten=5 kleur=rood}
#### Een

> [!TRAINER] Vooraf.
>
> > Een citaat.

---
#### Twee
> [!trainer]
> Bij twee.
"""

    read_part(text.encode(), "map/dagdeel-1.md", lambda step, _: sources.append(step), Problems(), base="/b/")

    assert sources == [
        StepSource(
            path="map/dagdeel-1.md",
            line=4,
            id="dias",
            title="Dia's",
            kind="uitleg",
            attributes={"kleur": "rood"},
            body="#### Een\n\n\n\n\n\n---\n#### Twee\n\n\n",
            body_line=5,
            notes="Vooraf.\n\n> Een citaat.\n\nBij twee.",
            minutes=5,
            note_blocks=(Note(7, "Vooraf.\n\n> Een citaat."), Note(13, "\nBij twee.")),
            base="/b/",
        )
    ]


def test_windows_file_reads_the_same(read: Read) -> None:
    windows = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    old_mac = GOOD.replace("\n", "\r").encode()

    assert read(windows) == read(GOOD)
    assert read(old_mac) == read(GOOD)


def test_windows_file_has_problems_on_the_same_lines(read: Read) -> None:
    bad = GOOD.replace("max=3", "maxx=3")

    assert read(b"\xef\xbb\xbf" + bad.replace("\n", "\r\n").encode()) == read(bad)
    assert read(bad)[1] == [
        "dagdeel-1.md:17: onbekende instelling 'maxx'; bedoel je 'max'? [step.unknown-setting]"
    ]


def test_headings_in_fenced_code_are_text(read: Read) -> None:
    fenced = "---\ntitel: T\n---\n## A {#a minuten=5}\n````\n## B\n```\n> [!TRAINER]\n````\n### C {#c}\n"

    part, problems = read(fenced)

    assert problems == []
    assert part is not None
    assert [step.html for step in part.steps()] == [
        "<pre><code>## B\n```\n&gt; [!TRAINER]\n</code></pre>",
        "",
    ]


def test_images_are_not_looked_for_in_a_kept_text(read: Read) -> None:
    text = "---\ntitel: T\n---\n## A {#a minuten=5}\n![Weg](weg.png)\n"

    part, problems = read(text, images=None)

    assert problems == []
    assert part is not None
    image = '<p><img alt="Weg" src="/programma/training/weg.png"></p>'
    assert [step.html for step in part.steps()] == [image]


def test_problems_of_an_earlier_file_do_not_spoil_a_part() -> None:
    problems = Problems()
    problems.add("elders.md", 1, "iets", "some.code")

    assert read_part(GOOD.encode(), "dagdeel-1.md", interpret, problems) is not None

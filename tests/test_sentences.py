"""Short sentences, and where a sentence begins and ends in each sort of file."""

import subprocess
import sys
from pathlib import Path

from tools import sentences
from tools.sentences import CUT

ROOT = Path(__file__).parents[1]


def read(text: str) -> list[tuple[int, str]]:
    """The sentences of a text that have words."""
    return [(line, said) for line, said in sentences.sentences(text) if sentences.WORD.search(said)]


def test_sentence_ends_at_its_point_and_keeps_its_line() -> None:
    assert read("Een. Twee drie\nvier? 'Vijf.' Zes") == [
        (1, "Een."), (1, "Twee drie vier?"), (2, "'Vijf.'"), (2, "Zes"),
    ]  # fmt: skip


def test_other_text_is_another_sentence() -> None:
    assert read(f"Kop\n{CUT}Een zin.{CUT}\nNog een") == [(1, "Kop"), (2, "Een zin."), (3, "Nog een")]


def test_markdown_has_headings_bullets_and_cells_apart() -> None:
    text = "---\ntitel: Weg\n---\n## Kop {#kop minuten=5}\n- Een **twee**\n- Drie\n\n| a | b; c |\nSlot\n"

    assert read(sentences.markdown(text)[0]) == [
        (4, "Kop"), (5, "Een twee"), (6, "Drie"), (8, "a"), (8, "b"), (8, "c"), (9, "Slot"),
    ]  # fmt: skip


def test_markdown_has_the_notes_of_trainers_apart() -> None:
    everybody, notes = sentences.markdown("Voor ieder.\n\n> [!TRAINER]\n> Voor jou.\n> Ook.\n\nWeer ieder.\n")

    assert read(everybody) == [(1, "Voor ieder."), (7, "Weer ieder.")]
    assert read(notes) == [(4, "Voor jou."), (5, "Ook.")]


def test_template_has_blocks_apart_and_words_together() -> None:
    text = "{# niet dit #}\n<h2>Kop</h2>\n<p>Een <strong>zin</strong> van\n{{ wie }}.</p>"

    assert read(sentences.template(text)) == [(2, "Kop"), (3, "Een zin van x.")]


def test_template_goes_the_longest_way_through_what_it_chooses() -> None:
    text = (
        "<p>{% if a %}{% if b %}Een{% else %}Een twee drie{% endif %} vier{% else %}Vijf{% endif %}\nzes.</p>"
    )

    assert read(sentences.template(text)) == [(1, "Een twee drie vier zes.")]


def test_template_is_heard_in_its_macros_and_questions_too() -> None:
    text = "<form data-confirm=\"Echt weg?\">{{ command('x', confirm='Wil je dit?') }}</form>"

    assert {said for _, said in read(sentences.template(text))} >= {"Echt weg?", "Wil je dit?"}


def test_python_has_its_sentences_and_not_its_docstrings() -> None:
    text = '"""This is one."""\nNAME = "geen zin"\nsaid = f"Hier staan er {3}."\nadd("kleine letter.")\n'

    assert read(sentences.python(text)) == [(3, "Hier staan er x.")]


def test_script_has_sentences_that_are_put_together() -> None:
    text = '// "Niet dit."\nconst a = "los";\nconst b = "Een zin " +\n  "in twee delen.";\n'

    assert read(sentences.script(text)) == [(3, "Een zin in twee delen.")]


def test_what_only_trainers_read_may_be_longer() -> None:
    short = next(sentences.texts(ROOT / "templates" / "live" / "phone.html", sentences.SHORT))
    loose = next(sentences.texts(ROOT / "templates" / "live" / "control.html", sentences.SHORT))

    assert (short[1], loose[1]) == (sentences.SHORT, sentences.LOOSE)


def test_sentences_that_people_read_are_short() -> None:
    done = subprocess.run([sys.executable, "tools/sentences.py"], cwd=ROOT, capture_output=True, text=True)

    assert (done.stdout, done.returncode) == ("", 0)

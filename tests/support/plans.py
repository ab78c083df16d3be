"""A small form of a plan, and what people may have filled in."""

from tests.support.site import Site
from trainer.curriculum.problems import Problem, Problems
from trainer.plans.answers import Answer
from trainer.plans.form import Form, read_form
from trainer.plans.sheet import Filled, Sheet, fill

PATH = "content/plan-van-aanpak/plan.md"
SMALL = """---
titel: Klein plan
bronnen: [Geschreven voor Kwartier]
---

Vul dit samen in.

## Waar {#kop}

### Locatie {#locatie regels=1}

### Thema {#thema}

Kies één thema.

## Doelen {#doelen rijen=2}

### Wat wil je bereiken? {#doel rol=doel}

### Wat ga je doen? {#wat rol=wat}

### Wie? {#wie rol=wie}

### Wanneer? {#wanneer rol=wanneer}

## De training {#training}

### Waar letten de trainers op? {#letop aandachtspunten=klein}

### Wanneer is de training? {#wanneer rol=wanneer}
"""


def read(text: str) -> tuple[Form | None, list[Problem]]:
    """The form in a text, and what is wrong with it."""
    problems = Problems()
    return read_form(text.encode(), PATH, problems), problems.sorted()


def small() -> Form:
    """The small form."""
    form, problems = read(SMALL)
    assert form is not None, problems
    return form


def sheet(answers: dict[str, str | Answer], rows: dict[str, tuple[str, ...]] | None = None) -> Sheet:
    """The small form with these answers."""
    found = {key: text if isinstance(text, Answer) else Answer(text) for key, text in answers.items()}
    return fill(small(), Filled(found, rows or {}))


def write_form(site: Site, text: str = SMALL) -> None:
    """Gives an installation a form of a plan."""
    folder = site.host.settings.content_dir / "plan-van-aanpak"
    folder.mkdir(exist_ok=True)
    (folder / "plan.md").write_text(text, encoding="utf-8")
    site.host.read_curriculum()

"""Every werkvorm can be seen beforehand, with its sample: on a phone, on the screen, and its notes."""

from collections.abc import Iterator

import pytest

from tests.support.site import Site
from trainer import kinds
from trainer.curriculum.model import Part
from trainer.curriculum.parse import read_part
from trainer.curriculum.pieces import read_pieces
from trainer.curriculum.problems import Problems
from trainer.live.audience import Role
from trainer.web.texts.previews import alone_of


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    site = Site(tmp_path_factory.mktemp("previews"))
    yield site
    site.stop()


def alone(source: str, id_: str) -> Part:
    problems = Problems()
    part = read_part(alone_of(source, id_).encode(), "deel.md", kinds.interpret, problems)
    assert (part is not None, problems.sorted()) == (True, [])
    assert part is not None
    return part


@pytest.mark.parametrize("name", kinds.discover())
def test_sample_is_drawn_from_its_beginning_to_its_end(site: Site, name: str) -> None:
    sample = (kinds.path(kinds.discover()[name]) / "sample.md").read_text("utf-8")
    with site.app.test_request_context():
        for piece in read_pieces(sample):
            part = alone(sample, piece.id)
            [step] = part.steps()
            for item in (0, 1, 99):
                for role in (Role.PHONE, Role.SCREEN):
                    html = site.host.preview.html(role, part, step, item, site.host.clock.now())
                    assert part.blocks[0].title in html
                assert site.host.preview.notes(part, step, item)["guide"]


def test_option_is_shown_by_itself() -> None:
    block, first, second = (
        "## Blok {#blok minuten=5}",
        "### Een {#een optie=1}",
        "### Twee {#twee optie=2 minuten=3}",
    )
    source = f"---\ntitel: 'Het \"deel\"'\n---\n\n{block}\n\n{first}\n\nA\n\n{second}\n\nB\n"
    assert [alone(source, id_).title for id_ in ("een", "twee")] == ['Het "deel"'] * 2
    assert [step.option for step in alone(source, "twee").steps()] == [None]

"""What is made for one phone is made anew for another: how soon it comes would tell who sent the same."""

import pytest

from tests.store.acts import LINE
from tests.support.hall import Hall
from trainer.meetings.fragments import Renderer


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the fragments that are rendered; they are rendered all the same."""
    names: list[str] = []
    fragment = Renderer.fragment

    def noted(self: Renderer, kind: object, name: str, values: object) -> object:
        names.append(name)
        return fragment(self, kind, name, values)  # type: ignore[arg-type]

    monkeypatch.setattr(Renderer, "fragment", noted)
    return names


def test_fragment_is_made_anew_for_each_phone_also_where_two_sent_the_same(
    hall: Hall, rendered: list[str]
) -> None:
    hall.do("goto", step=LINE)
    phones = [hall.phone() for _ in range(3)]
    for phone in phones:
        assert hall.post(phone, LINE, "1", place="2") is None
    hall.host.owns.sizes(hall.room, hall.room.steps[LINE])
    rendered.clear()

    for phone in phones * 2:
        assert hall.own(phone)

    assert rendered == ["own"] * 6

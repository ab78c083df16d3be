"""What a meeting has rendered stays with it, however many others go on beside it."""

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


def test_phones_with_the_same_answer_share_a_fragment_in_every_meeting(
    hall: Hall, rendered: list[str]
) -> None:
    meetings = [hall, hall.another(), hall.another()]
    phones = []
    for meeting in meetings:
        meeting.do("goto", step=LINE)
        phones += [(meeting, meeting.phone()) for _ in range(3)]
    for meeting, phone in phones:
        assert meeting.post(phone, LINE, "1", place="2") is None
        meeting.host.owns.sizes(meeting.room, meeting.room.steps[LINE])
    rendered.clear()

    for _ in range(2):
        for meeting, phone in phones:
            assert meeting.own(phone)

    assert rendered == ["own"] * len(meetings)

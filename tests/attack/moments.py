"""Whose page is of a moment ago: does a press do more than that page told?"""

from tests.attack.stolen import none
from tests.attack.story import FLAP, Story
from tests.support.findings import Finding


def moments(story: Story) -> list[Finding]:
    """Cards are on the wall, and pages that do not tell so yet offer to take them back without a word."""
    wall, tried = story.control.view["html"], 0
    for number, text in story.truth.texts[FLAP]:
        if text in wall:
            tried += 1
            story.phones[number].take_back(FLAP, text, warned=False)
    story.control.go("timer-plus")
    left = sum(text in wall and text not in story.control.view["html"] for _, text in story.truth.texts[FLAP])
    return [
        Finding("cards on the wall that owners take back by an old page", str(tried), "over 2", tried > 2),
        none("of these: cards that left, though nobody was warned", left),
    ]

"""Who gets the disk of a laptop that is off, or after a restore; and who prepares a backup for it."""

import sqlite3
import subprocess
import uuid
from contextlib import closing
from pathlib import Path

from tests.attack.stolen import Loot, none, readable, steal, traces
from tests.attack.story import EVALUATION, Story, ok
from tests.support.findings import Finding
from trainer.store.keys import ALL_STEPS

PEOPLE = 6
# Notes each post with its second.
SPY = (
    "CREATE TABLE spy (words, second)",
    "CREATE TRIGGER noting AFTER INSERT ON post"
    " BEGIN INSERT INTO spy VALUES (new.payload, datetime('now')); END",
)


def restoring(folder: Path) -> list[Finding]:
    """A dagdeel that is switched off in the middle of an evaluation, killed later, and then put back."""
    house, backup = folder / "house", folder / "kwartier.backup"
    house.mkdir()
    story = Story(house, PEOPLE)
    try:
        story.write()
        story.stick()
        story.play()
        _typed(story, "backup", backup)
        story.evaluate()
        before = steal(story.server.folder)
        story.stop()
        findings = _off(story, before)
        story.server.start()
        # It is in the log, in which it came.
        again = story.phones[0].another_tab().connect()
        ok(again.send("post", id=str(uuid.uuid4()), step=EVALUATION, item="", form={"vraag-tempo": ["2"]}))
        again.close()
        before = steal(story.server.folder)
        story.server.kill()
        return [*findings, *_prepared(story, backup), *_restored(story, backup, before)]
    finally:
        story.server.stop()


def _typed(story: Story, *arguments: object) -> subprocess.CompletedProcess[str]:
    return story.server.command(*map(str, arguments))


def _off(story: Story, before: Loot) -> list[Finding]:
    """With the phones too: of the exercise on screen they tell who sent what, and of no other."""
    loot = steal(story.server.folder)
    left = sorted({name.split(".")[1] for name in loot.keys} - {EVALUATION, ALL_STEPS})
    authors = [author for step, _, author, _, _ in before.posts if step != EVALUATION]
    able = readable(loot, story.truth.tokens)
    # One author for each question, which a phone sends together.
    there = PEOPLE * len({item for step, item, *_ in before.posts if step == EVALUATION})
    return [
        none("switched off: keys of exercises that were left", len(left)),
        none("switched off: authors of exercises that were left", traces(loot, authors)),
        none("switched off: texts that are not kept", traces(loot, story.truth.gone)),
        Finding(
            "switched off: the exercise on screen goes on",
            str(able),
            str(there),
            able == there,
        ),
    ]


def _prepared(story: Story, backup: Path) -> list[Finding]:
    """A backup with a trigger in it is refused, and named."""
    prepared = backup.with_suffix(".prepared")
    prepared.write_bytes(backup.read_bytes())
    with closing(sqlite3.connect(prepared)) as database:
        for statement in SPY:
            database.execute(statement)
        database.commit()
    said = _typed(story, "restore", "--force", prepared).stderr
    told = "table 'spy', trigger 'noting'" in said
    return [Finding("prepared backup: refused, and named what is in it", str(told), "True", told)]


def _restored(story: Story, backup: Path, before: Loot) -> list[Finding]:
    """What lies in the folder after `restore --force`: the sealed copy of the old database too."""
    assert _typed(story, "restore", "--force", backup).returncode == 0
    assert list((story.server.folder / "data").glob("*-before-restore-*"))
    loot = steal(story.server.folder)
    authors = [author for step, _, author, _, _ in before.posts if step == EVALUATION]
    unseen = [text for _, text in story.truth.texts[EVALUATION]]
    return [
        none("restored: authors of before", traces(loot, authors)),
        none("restored: participants", traces(loot, before.participants)),
        none(
            "restored: texts that are not kept, or that nobody saw", traces(loot, story.truth.gone + unseen)
        ),
        none("restored: keys", sum(key in loot.everything for key in before.keys.values())),
    ]

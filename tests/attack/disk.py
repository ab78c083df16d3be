"""Who gets the laptop's disk after the meeting, and reads what lies below its file system."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.attack.stolen import none
from tests.attack.story import EVALUATION, FLAP, Story
from tests.support.findings import Finding

PEOPLE = 7
IMAGE_BYTES = 64 << 20


@contextmanager
def whole_disk(folder: Path) -> Iterator[Path | None]:
    """An ext4 disk in a file; None where this machine may not mount one."""
    image, place = folder / "disk", folder / "mounted"
    place.mkdir(parents=True)
    with image.open("wb") as file:
        file.truncate(IMAGE_BYTES)
    mounted = all(
        not subprocess.run(command, capture_output=True, check=False).returncode
        for command in (["mkfs.ext4", "-q", image], ["mount", "-o", "loop", image, place])
    )
    try:
        yield place if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "-l", place], check=True)


def disk(folder: Path) -> list[Finding]:
    """A dagdeel on a disk of its own; then every block of it is read."""
    promise = "disk of a laptop, block by block: texts that are not kept, after closing"
    with whole_disk(folder) as place:
        if place is None:
            return [Finding(promise, "not tried: no right to mount a disk", "0", True)]
        story = Story(place, PEOPLE)
        story.write()
        story.stick()
        story.play()
        story.evaluate()
        story.close()
        story.stop()
        os.sync()
        blocks = (folder / "disk").read_bytes()
    found = sum(blocks.count(text.encode()) for text in story.truth.gone)
    findings = [none(promise, found)]
    for step in (FLAP, EVALUATION):
        kept = sorted(text for _, text in story.truth.texts[step])
        order = sorted(kept, key=lambda text: blocks.find(text.encode()))
        findings.append(
            Finding(
                f"disk of a laptop, block by block: order of what is kept of {step}",
                "alphabetical" if order == kept else "another",
                "alphabetical",
                order == kept,
            )
        )
    return findings

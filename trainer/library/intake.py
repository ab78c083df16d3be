"""Takes a folder into a course: everything in it is checked before anything of it is stored."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trainer.curriculum.files import IMAGE_NAME
from trainer.curriculum.problems import Problem, Problems
from trainer.curriculum.source import read_lines
from trainer.library.folders import Folder, FolderRefused, files_of
from trainer.library.pictures import BadPicture, Tidied, fresh_name, tidied
from trainer.library.texts import Library
from trainer.library.versions import tidied as tidied_text
from trainer.store.models import Course, CoursePicture

# All pictures of a course together.
MOST_PICTURES = 60
LONGEST_DESCRIPTION = 300


@dataclass(frozen=True, slots=True)
class Taken:
    """What can be stored of a folder: texts by part, and pictures that are new to the course by name.

    `left` are hand-outs and an index that are not as the national ones; they are for all courses alike.
    """

    texts: Mapping[str, str]
    origins: Mapping[str, str]
    pictures: Mapping[str, tuple[Tidied, str]]
    left: Sequence[str]


class TextsRefused(Exception):
    """Texts of a folder have problems, which are `problems`."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(str(len(problems)))
        self.problems = problems


def take(
    library: Library, content: Path, course: Course, folder: Folder, offload: Callable[..., Any]
) -> Taken:
    """What a folder has for a course. Raises FolderRefused or TextsRefused: then nothing of it may be stored.

    `offload(function, ...)` runs the decoding of pictures where it holds up nobody else.
    """
    programme = library.programme(course.programme)
    known = {part.id for part in programme.parts} if programme else set()
    for part in folder.parts:
        if part not in known:
            raise FolderRefused(f"'{part}.md' is geen deel van dit programma.")
    texts = _texts(folder)
    national = offload(files_of, content, course.programme)
    other = {name: data for name, data in folder.others.items() if national.get(name) != data}
    images = _images(course, texts, other)
    problems = [
        problem
        for part, text in texts.items()
        for problem in library.check(course, part, text, more=frozenset(images))
    ]
    if problems:
        raise TextsRefused(problems)
    names, pictures = _made_anew(course, texts, images, offload)
    for old, new in names.items():
        texts = {part: text.replace(f"]({old})", f"]({new})") for part, text in texts.items()}
    return Taken(texts, folder.origins, pictures, [name for name in other if name.endswith(".md")])


def add(course: Course, pictures: Mapping[str, tuple[Tidied, str]]) -> None:
    """Adds pictures to a course; call it inside a transaction."""
    for name, (made, description) in pictures.items():
        course.pictures.append(
            CoursePicture(
                name=name, description=description, width=made.width, height=made.height, data=made.data
            )
        )


def _texts(folder: Folder) -> dict[str, str]:
    texts: dict[str, str] = {}
    found: list[Problem] = []
    for part, data in sorted(folder.parts.items()):
        problems = Problems()
        # It says of bytes that are no text what is wrong with them.
        if read_lines(data, f"{part}.md", problems) is None:
            found += problems.sorted()
        else:
            texts[part] = tidied_text(data.decode("utf-8-sig"))
    if found:
        raise TextsRefused(found)
    return texts


def _images(course: Course, texts: Mapping[str, str], other: Mapping[str, bytes]) -> dict[str, bytes]:
    """The images that are neither national nor the course's, and that a text shows."""
    own = {picture.name: picture for picture in course.pictures}
    found: dict[str, bytes] = {}
    for name, data in other.items():
        if name.endswith(".md") or (name in own and own[name].data == data):
            continue
        if not IMAGE_NAME.fullmatch(name) or name.endswith(".svg"):
            raise FolderRefused(f"'{name}' hoort niet bij het landelijke programma.")
        if any(f"]({name})" in text for text in texts.values()):
            found[name] = data
    if len(own) + len(found) > MOST_PICTURES:
        raise FolderRefused(f"Er zijn dan te veel foto's. Een traject heeft er hoogstens {MOST_PICTURES}.")
    return found


def _made_anew(
    course: Course, texts: Mapping[str, str], images: Mapping[str, bytes], offload: Callable[..., Any]
) -> tuple[dict[str, str], dict[str, tuple[Tidied, str]]]:
    """The names that images get, and those of them that the course does not have yet."""
    same = {picture.data: picture.name for picture in course.pictures} if images else {}
    names: dict[str, str] = {}
    pictures: dict[str, tuple[Tidied, str]] = {}
    for name, data in images.items():
        try:
            made = offload(tidied, data)
        except BadPicture as wrong:
            raise FolderRefused(f"'{name}': {wrong.args[0]}") from wrong
        names[name] = same.get(made.data) or fresh_name(name, made.ending)
        if made.data not in same:
            same[made.data] = names[name]
            pictures[names[name]] = made, _description(name, texts)
    return names, pictures


def _description(name: str, texts: Mapping[str, str]) -> str:
    """What a text says of an image."""
    for text in texts.values():
        if found := re.search(rf"!\[([^\]\n]+)\]\({re.escape(name)}\)", text):
            return found[1][:LONGEST_DESCRIPTION]
    return name

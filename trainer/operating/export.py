"""`python -m trainer export`: writes an evaluation to a file."""

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import BinaryIO

from trainer.exports.evaluation import Evaluation
from trainer.exports.formats import FORMATS
from trainer.store.log import OPERATOR, Deed, What, change
from trainer.store.models import Course


def add_arguments(parser: ArgumentParser) -> None:
    """Adds the options of the command: what to export, in which format, and where to."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--course", metavar="ID", type=int, help="the evaluation of a course (see --list)")
    what.add_argument("--meeting", metavar="ID", help="the evaluation of one closed meeting (see --list)")
    what.add_argument("--list", action="store_true", help="list the courses and meetings with their ids")
    parser.add_argument("--format", choices=sorted(FORMATS), default="xlsx", help="default: xlsx")
    parser.add_argument("--output", metavar="FILE", type=Path, help="default: standard output")


def write_in_log(course: Course, day: date, name: str) -> None:
    """Says in the log that somebody takes the evaluation of a course, or of a meeting of it."""
    deed = Deed(What.EVALUATION_TAKEN, OPERATOR, day, name, course.id, course.title, course.location_id)
    change(lambda: None, deed)


def write(evaluation: Evaluation, name: str, output: Path | None, standard: BinaryIO | None = None) -> None:
    """Writes `evaluation` in format `name` to `output`, or to standard output when it is None.

    Raises OSError when the file cannot be written.
    """
    content = FORMATS[name].render(evaluation)
    if output is not None:
        output.write_bytes(content)
        return
    stream = standard or sys.stdout.buffer
    stream.write(content)
    stream.flush()

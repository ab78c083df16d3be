"""The command line: `python -m trainer`."""

import argparse
import gc
import json
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trainer.curriculum.model import Programme
    from trainer.curriculum.problems import Problem
    from trainer.plans.form import Form

ABOUT = "Kwartier: give a training live from Markdown, with phones that join without a name."
EPILOG = "Settings come from the environment; .env.example describes them."


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit status: 0 success, 1 failure, 2 wrong usage or settings."""
    if (sys.argv[1:] if arguments is None else arguments)[:1] == ["run"]:
        from trainer.serving import server  # noqa: F401  before anything else: it prepares the process
    from sqlalchemy.exc import DBAPIError

    from trainer.config import ConfigError
    from trainer.store.database import DatabaseBusy
    from trainer.store.health import DatabaseUnusable, explain

    options = _parser().parse_args(arguments)
    gc.enable()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        status: int = options.command(options)
    except ConfigError as error:
        print(f"kwartier: {error}", file=sys.stderr)
        return 2
    except (DatabaseUnusable, DatabaseBusy) as error:
        print(f"kwartier: {error}", file=sys.stderr)
        return 1
    except DBAPIError as error:
        print(f"kwartier: {explain(error)}", file=sys.stderr)
        return 1
    return status


def _parser() -> argparse.ArgumentParser:
    from trainer.operating import export as export_command
    from trainer.operating import upkeep
    from trainer.web import users

    parser = argparse.ArgumentParser(prog="python -m trainer", description=ABOUT, epilog=EPILOG)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    run = commands.add_parser("run", help="set up what is missing and serve Kwartier", epilog=EPILOG)
    run.set_defaults(command=_run)

    check = commands.add_parser("check", help="list every problem in the curriculum")
    check.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="a programme, or a folder of programmes"
    )
    check.set_defaults(command=_check)

    programme = commands.add_parser("programme", help="show the outline of the programmes")
    programme.add_argument(
        "path", nargs="?", type=Path, metavar="PATH", help="a programme, or a folder of programmes"
    )
    programme.add_argument("--json", action="store_true", help="as JSON, with ids, kinds and settings")
    programme.set_defaults(command=_programme)

    export = commands.add_parser("export", help="export the evaluation of a meeting or a course")
    export_command.add_arguments(export)
    export.set_defaults(command=_export)

    upkeep.add_commands(commands)

    user = commands.add_parser("user", help="list accounts, or make a link for a new one")
    users.add_arguments(user)
    user.set_defaults(command=_user)
    return parser


def _run(options: argparse.Namespace) -> int:
    from trainer.config import load
    from trainer.operating import backups, restoring, upkeep
    from trainer.operating.welcome import prepare, print_welcome
    from trainer.serving import server
    from trainer.store.lock import FolderLock, InUse

    settings = load()
    try:
        listener = server.listen(settings)
        lock = FolderLock(settings.data_dir)
    except server.PortBusy as error:
        advice = "Is Kwartier running already? Stop it, or choose another port: PORT=8001 make run"
        return upkeep.fail(error, advice)
    except InUse as error:
        return upkeep.fail(error, "Stop it, or give this one a folder of its own: DATA_DIR=... make run")
    backups.clean_up(settings.key_dir)
    restoring.clean_up_restore(settings)
    app = server.build(settings)
    prepare(app)
    print_welcome(app)
    server.serve(app, listener)
    lock.release()
    return 0


def _check(options: argparse.Namespace) -> int:
    from trainer.config import smtp

    smtp()
    programmes: list[Programme] = []
    forms: list[Form] = []
    problems: list[Problem] = []
    for path in options.paths or _content():
        form, flaws = _read_form(path)
        forms += [form] if form else []
        read, found = ([], []) if _is_form(path) else _read(path)
        programmes += read
        problems += [*found, *flaws]
    for problem in problems:
        print(problem)
    if not options.paths:
        problems += _check_local()
    parts = sum(len(programme.parts) for programme in programmes)
    if problems:
        print(f"{len(problems)} {'probleem' if len(problems) == 1 else 'problemen'}", file=sys.stderr)
        return 1
    programmes_read = "1 programma" if len(programmes) == 1 else f"{len(programmes)} programma's"
    parts_read = "1 deel" if parts == 1 else f"{parts} delen"
    forms_read = f", {len(forms)} formulier voor een plan" if forms else ""
    print(f"{programmes_read}, {parts_read}{forms_read}, geen problemen")
    return 0


def _check_local() -> list["Problem"]:
    """The problems of courses' own texts, if there are any; prints them, and what is to be looked at."""
    from trainer.operating import localtexts

    found = localtexts.check()
    for line in found.told:
        print(line)
    if found.unchecked:
        print(f"kwartier: local texts are not checked: {found.unchecked}", file=sys.stderr)
    return list(found.problems)


def _content() -> list[Path]:
    from trainer.config import content_dir

    return [content_dir()]


def _read(path: Path) -> tuple[list["Programme"], list["Problem"]]:
    """The programmes at `path`: a programme's folder, a file in it, or a folder of programmes."""
    from trainer.curriculum.parse import INDEX, read_library, read_programme
    from trainer.kinds import interpret

    path = path.resolve()
    if path.is_file():
        path = path.parent
    if not (path / INDEX).exists() and any(path.glob(f"*/{INDEX}")):
        library, problems = read_library(path, interpret)
        return list(library.values()), problems
    programme, problems = read_programme(path, interpret)
    return [programme] if programme else [], problems


def _is_form(path: Path) -> bool:
    """Is this the folder of the form for a plan, or a file in it?"""
    from trainer.curriculum.programme import PLAN

    return PLAN in (path.resolve().name, path.resolve().parent.name)


def _read_form(path: Path) -> tuple["Form | None", list["Problem"]]:
    """The form for a plan at `path`: its folder, a file in it, or the folder that it is in."""
    from trainer.curriculum.programme import PLAN
    from trainer.plans.form import load_form

    path = path.resolve()
    if path.is_file():
        path = path.parent
    return load_form(path.parent if path.name == PLAN else path)


def _programme(options: argparse.Namespace) -> int:
    from trainer.curriculum.outline import outline

    programmes, problems = _read(options.path or _content()[0])
    for problem in problems:
        print(problem, file=sys.stderr)
    if options.json:
        print(json.dumps([outline(programme) for programme in programmes], indent=2, ensure_ascii=False))
        return 1 if problems else 0
    for programme in programmes:
        print(f"{programme.title} [{programme.id}]")
        for part in programme.parts:
            print(f"  {part.title}: {part.minutes} minutes")
            for block in part.blocks:
                print(f"    {block.minutes:4d}  {block.title}")
                for step in block.steps:
                    option = f"  (optie {step.option})" if step.option else ""
                    print(f"          {step.title} [{step.kind}]{option}")
    return 1 if problems else 0


def _export(options: argparse.Namespace) -> int:
    from trainer.operating import export as export_command
    from trainer.operating.upkeep import open_app
    from trainer.store.models import Course, Meeting, db
    from trainer.web.reports import evaluations

    app = open_app()
    host = app.extensions["kwartier"]
    with app.app_context():
        if options.meeting is not None:
            meeting = db.session.get(Meeting, options.meeting)
            found = evaluations.of_meeting(host, meeting) if meeting else None
            course = meeting.course if meeting else None
        elif options.course is not None:
            course = db.session.get(Course, options.course)
            found, missing = evaluations.of_course(host, course) if course else (None, ())
            for title in missing:
                print(f"kwartier: {title} is left out: what is stored of it is damaged", file=sys.stderr)
        else:
            for course in db.session.scalars(db.select(Course)):
                print(f"--course {course.id}  {course.title}")
                for meeting in course.meetings:
                    print(f"  --meeting {meeting.id}  {meeting.part}  {meeting.date}  {meeting.phase}")
            return 0
        if found is None or course is None:
            print("kwartier: no such meeting or course, or nothing of it is closed yet", file=sys.stderr)
            print("See `python -m trainer export --list`.", file=sys.stderr)
            return 1
        export_command.write_in_log(course, host.clock.now().date(), options.format)
        try:
            export_command.write(found, options.format, options.output)
        except OSError as error:
            print(f"kwartier: {options.output}: {error.strerror}", file=sys.stderr)
            return 1
        return 0


def _user(options: argparse.Namespace) -> int:
    from trainer.operating.upkeep import open_app
    from trainer.web import users

    app = open_app()
    with app.app_context():
        status: int = users.run(options)
        return status

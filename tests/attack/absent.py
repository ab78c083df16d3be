"""Who reads what left the house, and wants to know whether anybody took part in an exercise at all."""

import io
import re
import zipfile
from pathlib import Path

from tests.attack.stolen import none
from tests.attack.story import EVALUATION, FLAP, LINE, QUICK, VOTE, ok
from tests.support.findings import Finding
from tests.support.pages import Phone
from tests.support.server import RunningServer
from tests.support.trainers import Opened, Trainer
from trainer.kinds.disclosure import MINIMUM

# By the end of an address of a closed meeting.
PAGES = (
    "verslag",
    "verslag.md",
    "verslag.docx",
    "evaluatie",
    "evaluatie.csv",
    "evaluatie.json",
    "evaluatie.xlsx",
)
PAPERS = 5
# Texts, of which each phone sends one of its own.
WORDS = ("moed", "pauze")
# What differs between any two meetings, or any two moments.
OWN = re.compile(rb'[0-9a-f-]{36}|/trajecten/\d+|traject=\d+|name="csrf_token"[^>]*')
WHEN = re.compile(r"docProps/")


def absent(folder: Path) -> list[Finding]:
    """Meetings that differ in how many phones took part, from none to four, with and without paper."""
    server = RunningServer(folder, **QUICK).start()
    try:
        trainer = Trainer(server).make_account()
        return [_compared(trainer, papers) for papers in (0, PAPERS)] + [_told(trainer)]
    finally:
        server.stop()


def _compared(trainer: Trainer, papers: int) -> Finding:
    empty, *others = (_left_by(trainer, phones, papers) for phones in range(MINIMUM))
    what = f"reports: pages and files that tell one to four phones from none, {papers} on paper"
    return none(what, sum(one[page] != empty[page] for one in others for page in PAGES))


def _told(trainer: Trainer) -> Finding:
    """Five phones are told from none: the comparison sees what there is to see."""
    five, empty = (_left_by(trainer, phones, 0) for phones in (MINIMUM, 0))
    seen = sum(five[page] != empty[page] for page in PAGES)
    return Finding("the same: that tell five phones", str(seen), str(len(PAGES)), seen == len(PAGES))


def _left_by(trainer: Trainer, phones: int, papers: int) -> dict[str, bytes]:
    meeting = trainer.open_meeting("Steeds dezelfde")
    _give(trainer, meeting, phones, papers)
    return {page: _read(trainer, meeting.id, page) for page in PAGES}


def _give(trainer: Trainer, meeting: Opened, phones: int, papers: int) -> None:
    control = trainer.control(meeting.id)
    there = [Phone(trainer.server, meeting.secret) for _ in range(phones)]
    for phone in there:
        phone.connect()
    control.go("start")
    for step, item, fields in (
        (LINE, "1", {"place": "1"}),
        (VOTE, "1/1", {"choice": "0"}),
        (FLAP, "", {"text": WORDS[0]}),
        (EVALUATION, "", {"vraag-veilig": "1", "vraag-beter": WORDS[1]}),
    ):
        control.go("goto", step=step)
        for number, phone in enumerate(there):
            mine = {name: f"{said} {number}" if said in WORDS else said for name, said in fields.items()}
            ok(phone.post(step, item=item, **mine))
        for _ in range(papers):
            form = {name: [said] for name, said in fields.items()}
            ok(control.send("enter", step=step, item=item, form=form))
        if step == FLAP and phones + papers >= MINIMUM:
            control.go("do:draw")
            control.go("do:show-all")
    control.go("close")
    for page in (control, *there):
        page.close()


def _read(trainer: Trainer, meeting: str, page: str) -> bytes:
    answer = trainer.session.get(f"{trainer.server.url}/beheer/bijeenkomsten/{meeting}/{page}", timeout=30)
    assert answer.ok, (page, answer.status_code)
    body = answer.content
    if page.endswith(("docx", "xlsx")):
        with zipfile.ZipFile(io.BytesIO(body)) as file:
            names = sorted(name for name in file.namelist() if not WHEN.match(name))
            body = b"".join(name.encode() + file.read(name) for name in names)
    return OWN.sub(b"", body)

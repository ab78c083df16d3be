"""A stolen laptop: all files of the installation, free pages too, and the environment of the process."""

import hashlib
import hmac
import itertools
import json
import re
import sqlite3
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tests.attack.story import ADDRESS, BROWSER, EVALUATION, FLAP, GAME, LINE, VOTE, Story
from tests.support.findings import Finding
from trainer.kinds.disclosure import MINIMUM

# What somebody took back may lie in the files for this long, also while the meeting goes on.
WIPED_SECONDS = 60
# The steps in which a phone has another author for each item.
APART = (LINE, VOTE, EVALUATION)


@dataclass(frozen=True)
class Loot:
    """All that lies on the laptop at one moment."""

    files: dict[str, bytes]
    posts: list[tuple[str, str, str, str, str]]  # step, item, author, id, payload
    results: list[tuple[str, str]]  # row, texts
    participants: list[str]
    states: list[str]
    keys: dict[str, bytes]

    @property
    def everything(self) -> bytes:
        return b"\0".join(self.files.values())


def steal(folder: Path, pid: int | None = None) -> Loot:
    """Copies the files of an installation, write-ahead log and all, and reads them as a thief would."""
    files = {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    if pid is not None:
        # Kwartier lets nobody but root see it.
        with suppress(PermissionError):
            files["environ"] = Path(f"/proc/{pid}/environ").read_bytes()
    with tempfile.TemporaryDirectory() as place:
        for name in ("kwartier.db", "kwartier.db-wal"):
            found = files.get(str(folder / "data" / name))
            if found is not None:
                (Path(place) / name).write_bytes(found)
        database = sqlite3.connect(Path(place) / "kwartier.db")
        posts = database.execute("SELECT step, item, author, id, payload FROM post").fetchall()
        results = database.execute("SELECT row, coalesce(texts, '[]') FROM result").fetchall()
        participants = [h for (h,) in database.execute("SELECT token_hash FROM participant")]
        states = [state for (state,) in database.execute("SELECT state FROM meeting")]
        database.close()
    keys = {Path(name).name: data for name, data in files.items() if name.endswith(".key")}
    return Loot(files, posts, results, participants, states, keys)


def links(loot: Loot) -> int:
    """How many posts the thief can tie to a participant, or to a post in another step, by computing."""
    authors = {author: step for step, _, author, _, _ in loot.posts}
    guessed = {
        made
        for key in loot.keys.values()
        for person in loot.participants
        for material in (person.encode(), bytes.fromhex(person))
        for made in _macs(key, material)
    }
    guessed |= {person[:32] for person in loot.participants}
    across = sum(
        1
        for one, other in itertools.combinations({(step, author) for step, _, author, _, _ in loot.posts}, 2)
        if one[0] != other[0] and one[1] == other[1]
    )
    # An author of one step, put through the key of another.
    for key in loot.keys.values():
        guessed |= {made for author in authors for made in _macs(key, author.encode())}
    return len(guessed & set(authors)) + across


def readable(loot: Loot, tokens: list[str]) -> int:
    """How many authors somebody computes who has the phones too: the attack itself must work."""
    authors = {author for _, _, author, _, _ in loot.posts}
    items = {f":{item}" for _, item, _, _, _ in loot.posts} | {""}
    names = [f"{token}{item}".encode() for token in tokens for item in items]
    made = {mac for key in loot.keys.values() for name in names for mac in _macs(key, name)}
    return len(made & authors)


def ties(loot: Loot) -> int:
    """How many pairs of posts for two items of a step the thief knows to be of one phone, in kinds apart.

    He has the key of the step, and puts authors, ids and items through it too.
    """
    posts = [post for post in loot.posts if post[0] in APART]
    steps = {step for step, *_ in posts}
    keys = [key for name, key in loot.keys.items() if name.split(".")[1] in steps]
    made = {post: _made(keys, post, {item for step, item, *_ in posts if step == post[0]}) for post in posts}
    pairs = itertools.combinations(posts, 2)
    return sum(
        1 for one, other in pairs if one[0] == other[0] and one[1] != other[1] and made[one] & made[other]
    )


def _made(keys: list[bytes], post: tuple[str, str, str, str, str], items: set[str]) -> set[str]:
    """What names the phone of a post, or could, when its author or id is put through a key with an item."""
    _, _, author, post_id, _ = post
    material = [
        f"{known}{item}".encode() for known in (author, post_id) for item in ("", *(f":{i}" for i in items))
    ]
    return {author, post_id} | {mac for key in keys for each in material for mac in _macs(key, each)}


def _macs(key: bytes, material: bytes) -> set[str]:
    """What a thief makes of something with a key, also in ways that Kwartier does not use."""
    ways = {hmac.digest(key, material, digest).hex()[:32] for digest in ("sha256", "sha512", "md5")}
    return ways | {hashlib.blake2b(material, digest_size=16, key=key).hexdigest()}


def traces(loot: Loot, words: list[str]) -> int:
    """How many of these words stand anywhere in the files."""
    everything = loot.everything
    return sum(word.encode() in everything for word in words)


def named(loot: Loot, step: str) -> int:
    """How many posts of a step the stored states name: the room sees whose turn it is."""
    return sum(
        post_id in state for place, _, _, post_id, _ in loot.posts if place == step for state in loot.states
    )


def none(promise: str, found: int) -> Finding:
    return Finding(promise, str(found), "0", found == 0)


def while_running(story: Story) -> list[Finding]:
    """In the middle of a step, while keys of several steps lie side by side."""
    loot = steal(story.server.folder, story.server.pid)
    able = readable(loot, story.truth.tokens)
    return [
        Finding(
            "stolen while running: with a phone's token its posts are found", str(able), "over 0", able > 0
        ),
        none("stolen while running: links without the phone", links(loot)),
        none(
            "stolen while running, with the keys: answers to two questions that are of one phone", ties(loot)
        ),
        none("stolen while running: cards of 'Diagnose me!' that the state names", named(loot, GAME)),
        none("stolen while running: tokens of phones in files", traces(loot, story.truth.tokens)),
        none("stolen while running: address or browser of a phone", traces(loot, [ADDRESS, BROWSER])),
        none("stolen while running: times of the clock in what the server printed", _clock_times(story)),
    ]


def _clock_times(story: Story) -> int:
    return len(re.findall(r"\d\d:\d\d:\d\d|\b1[6-9]\d{8}\b", story.server.printed()))


def wiped(story: Story) -> list[Finding]:
    """What was taken back is in no file after a minute, while the meeting goes on."""
    loot = steal(story.server.folder, story.server.pid)
    return [none(f"withdrawn text in files after {WIPED_SECONDS} s", traces(loot, story.truth.gone[:1]))]


def after_closing(story: Story, before: Loot) -> list[Finding]:
    """Everything that tied posts to phones, and every text that is not kept, is in no file any more."""
    loot = steal(story.server.folder, story.server.pid)
    authors = [author for _, _, author, _, _ in before.posts]
    ids = [post_id for _, _, _, post_id, _ in before.posts]
    keys = [key for name, key in before.keys.items()]
    kept = {text for _, text in story.truth.texts[FLAP]}
    found = {text for _, texts in loot.results for text in json.loads(texts)}
    counts = [count for row, _ in loot.results for count in json.loads(row)["counts"] if count is not None]
    return [
        none("stolen after closing: posts", len(loot.posts)),
        none(f"stolen after closing: counts under {MINIMUM}", sum(count < MINIMUM for count in counts)),
        none("stolen after closing: keys of steps", len(loot.keys)),
        none("stolen after closing: bytes of those keys", sum(key in loot.everything for key in keys)),
        none("stolen after closing: authors of before", traces(loot, authors)),
        none("stolen after closing: ids of before", traces(loot, ids)),
        none(
            "stolen after closing: participants", len(loot.participants) + traces(loot, before.participants)
        ),
        none("stolen after closing: texts that are not kept", traces(loot, story.truth.gone)),
        none("stolen after closing: address or browser", traces(loot, [ADDRESS, BROWSER])),
        none("stolen after closing: columns with a time of their own", _columns_with_time(before, story)),
        Finding("and what is kept is there", str(len(kept & found)), str(len(kept)), kept <= found),
    ]


def _columns_with_time(loot: Loot, story: Story) -> int:
    """Columns of what participants did that could be a moment, by name or by what is in them."""
    with sqlite3.connect(story.server.folder / "data" / "kwartier.db") as database:
        names = [
            row[1].lower()
            for table in ("post", "participant", "result")
            for row in database.execute(f"PRAGMA table_info({table})")
        ]
    values = [str(value) for row in loot.posts for value in row]
    moments = sum(value.isdigit() and len(value) >= 9 for value in values)
    # uuid1, 6 and 7 hold the time at which they were made; those of version 4 are random.
    timed = sum(len(value) == 36 and value[14] in "1267" for value in values)
    return sum("time" in name or "creat" in name or name.endswith("_at") for name in names) + moments + timed


def backup(story: Story, folder: Path, before: Loot) -> list[Finding]:
    """The file that `trainer backup` makes in the middle of a meeting."""
    target = folder / "kwartier.backup"
    made = story.server.command("backup", str(target))
    assert made.returncode == 0, made.stderr
    written = target.read_bytes()
    secrets = [author for _, _, author, _, _ in before.posts] + before.participants + story.truth.tokens
    with sqlite3.connect(target) as database:
        authors = [author for (author,) in database.execute("SELECT author FROM post")]
    return [
        none("backup: keys", sum(key in written for key in before.keys.values())),
        none("backup: authors, participants, tokens", sum(word.encode() in written for word in secrets)),
        none("backup: texts that are not kept", sum(text.encode() in written for text in story.truth.gone)),
        none("backup: posts that share an author", len(authors) - len(set(authors))),
    ]

"""Settings: read once from the environment, validated, and immutable."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

SHORTEST_SECRET = 16
# Who must log in with a second factor; with `off` it is for whoever wants it.
SECOND_FACTOR_FOR = ("off", "organisers", "everybody")
USUAL_SMTP_PORT = {"starttls": 587, "tls": 465, "none": 25}
# An address that a server may be asked for: nothing in it can begin another header or another command.
ADDRESS = re.compile(
    r"(?=.{3,254}$)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)
ROOT = Path(__file__).resolve().parent.parent


class ConfigError(Exception):
    """An invalid setting; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """The mail server that Kwartier sends by, and the address that it sends from."""

    host: str
    port: int
    security: str
    sender: str
    user: str
    password: str = field(repr=False)
    timeout: float


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that differs between installations. Each is described in `.env.example`."""

    host: str
    port: int
    base_url: str
    data_dir: Path
    key_dir: Path
    content_dir: Path
    database_url: str
    secret_key: str
    trust_proxy: bool
    timezone: ZoneInfo
    websocket: str
    post_rate: float
    post_burst: float
    security_contact: str
    security_expires: date | None
    second_factor: str
    log_days: int
    smtp: Smtp | None

    @property
    def secure(self) -> bool:
        """Whether Kwartier is reached over TLS: then cookies are always Secure and named `__Host-`."""
        return self.base_url.startswith("https://")


def load(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from `environ` (default: the process's); creates missing folders and the secret key.

    Raises ConfigError when a value is invalid, or a folder or the key cannot be used.
    """
    env = os.environ if environ is None else environ
    data_dir = _data_dir(env)
    key_dir = Path(env.get("KEY_DIR") or data_dir.parent / "keys").resolve()
    if key_dir == data_dir or data_dir in key_dir.parents:
        raise ConfigError("KEY_DIR must lie outside DATA_DIR, so that a backup of the data holds no keys")
    _make_folder("DATA_DIR", data_dir)
    _make_folder("KEY_DIR", key_dir, private=True)
    return Settings(
        host=env.get("HOST") or "0.0.0.0",
        port=_number("PORT", env.get("PORT") or "8000", range(1, 65536)),
        base_url=_base_url(env.get("BASE_URL", "")),
        data_dir=data_dir,
        key_dir=key_dir,
        content_dir=content_dir(env),
        database_url=database_url(env),
        secret_key=_secret(env.get("SECRET_KEY") or _stored_secret(key_dir / "secret-key")),
        trust_proxy=_flag("TRUST_PROXY", env.get("TRUST_PROXY", "")),
        timezone=_zone(env.get("TIMEZONE") or "Europe/Amsterdam"),
        websocket=_one_of("WEBSOCKET", env.get("WEBSOCKET") or "fast", ("fast", "stock")),
        post_rate=_positive("POST_RATE", env.get("POST_RATE") or "5"),
        post_burst=_positive("POST_BURST", env.get("POST_BURST") or "20"),
        security_contact=_contact(env.get("SECURITY_CONTACT", ""), env.get("SECURITY_EXPIRES", "")),
        security_expires=_day("SECURITY_EXPIRES", env.get("SECURITY_EXPIRES", "")),
        second_factor=_one_of("SECOND_FACTOR", env.get("SECOND_FACTOR") or "off", SECOND_FACTOR_FOR),
        log_days=_number("LOG_DAYS", env.get("LOG_DAYS") or "365", range(1, 3651)),
        smtp=smtp(env),
    )


def smtp(environ: Mapping[str, str] | None = None) -> Smtp | None:
    """The mail server; None when none is set. Raises ConfigError when only part of it is."""
    env = os.environ if environ is None else environ
    host, sender, user = (env.get(f"SMTP_{name}", "") for name in ("HOST", "SENDER", "USER"))
    password = _password(env.get("SMTP_PASSWORD", ""), env.get("SMTP_PASSWORD_FILE", ""))
    if not host:
        if sender or user or password:
            raise ConfigError("SMTP_HOST is missing: set it too, or leave out all that begins with SMTP_")
        return None
    if not re.fullmatch(r"[A-Za-z0-9.:-]+", host):
        raise ConfigError(f"SMTP_HOST must be the name of a machine, such as mail.example, not {host!r}")
    if not ADDRESS.fullmatch(sender):
        raise ConfigError(
            f"SMTP_SENDER must be an address to send from, such as kwartier@your.name, not {sender!r}"
        )
    security = _one_of("SMTP_SECURITY", env.get("SMTP_SECURITY") or "starttls", tuple(USUAL_SMTP_PORT))
    if bool(user) != bool(password):
        raise ConfigError("SMTP_USER and a password (SMTP_PASSWORD_FILE or SMTP_PASSWORD) need each other")
    if user and security == "none" and host not in ("localhost", "127.0.0.1", "::1"):
        raise ConfigError(
            "SMTP_USER needs SMTP_SECURITY=starttls or tls: anybody on the way could read the password"
        )
    port = _number("SMTP_PORT", env.get("SMTP_PORT") or str(USUAL_SMTP_PORT[security]), range(1, 65536))
    timeout = _positive("SMTP_TIMEOUT", env.get("SMTP_TIMEOUT") or "10")
    return Smtp(host, port, security, sender, user, password, timeout)


def _password(text: str, path: str) -> str:
    if text and path:
        raise ConfigError("SMTP_PASSWORD and SMTP_PASSWORD_FILE are both set: choose one")
    if not path:
        return text
    try:
        found = Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"SMTP_PASSWORD_FILE: {path} cannot be read") from error
    if not found:
        raise ConfigError(f"SMTP_PASSWORD_FILE: {path} is empty")
    return found


def database_url(environ: Mapping[str, str] | None = None) -> str:
    """Where the database is, or would be; makes nothing. Raises ConfigError when it is not SQLite."""
    env = os.environ if environ is None else environ
    return _database_url(env.get("DATABASE_URL") or f"sqlite:///{_data_dir(env) / 'kwartier.db'}")


def _data_dir(env: Mapping[str, str]) -> Path:
    return Path(env.get("DATA_DIR") or ROOT / "var" / "data").resolve()


def content_dir(environ: Mapping[str, str] | None = None) -> Path:
    """Where the programmes are; unlike `load` this creates no folders, so any command may call it."""
    env = os.environ if environ is None else environ
    return Path(env.get("CONTENT_DIR") or ROOT / "content").resolve()


def _make_folder(name: str, folder: Path, *, private: bool = False) -> None:
    """Creates a folder accessible to this user only; an existing one keeps its mode, unless `private`."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if private:
            folder.chmod(0o700)
    except OSError as error:
        raise ConfigError(f"{name}: {folder} cannot be used: {error.strerror}") from error


def _database_url(text: str) -> str:
    if not re.match(r"sqlite:///(?!:memory:|file:)[^?]+$", text):
        raise ConfigError(
            "DATABASE_URL must be sqlite:/// and the path of a file: Kwartier works with no other database"
        )
    return text


def _secret(text: str) -> str:
    if len(text) < SHORTEST_SECRET:
        raise ConfigError(
            f"SECRET_KEY must have at least {SHORTEST_SECRET} characters; leave it out to have one made"
        )
    return text


def _number(name: str, text: str, allowed: range) -> int:
    if not re.fullmatch("[0-9]{1,5}", text) or int(text) not in allowed:
        raise ConfigError(f"{name} must be a number from {allowed[0]} to {allowed[-1]}, not {text!r}")
    return int(text)


def _base_url(text: str) -> str:
    if not text:
        return ""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/"):
        raise ConfigError(f"BASE_URL must look like https://kwartier.example, without a path, not {text!r}")
    return f"{parts.scheme}://{parts.netloc}"


def _flag(name: str, text: str) -> bool:
    if text.lower() in ("", "0", "no", "false"):
        return False
    if text.lower() in ("1", "yes", "true"):
        return True
    raise ConfigError(f"{name} must be 1 or 0, not {text!r}")


def _one_of(name: str, text: str, allowed: tuple[str, ...]) -> str:
    if text not in allowed:
        raise ConfigError(f"{name} must be one of {', '.join(allowed)}, not {text!r}")
    return text


def _positive(name: str, text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 1 <= number <= 1_000_000:
        raise ConfigError(f"{name} must be a number from 1, not {text!r}")
    return number


def _contact(text: str, expires: str) -> str:
    if not text:
        return ""
    if not re.fullmatch(r"(mailto:|https://|tel:)[!-~]+", text):
        raise ConfigError(
            f"SECURITY_CONTACT must begin with mailto:, https:// or tel:, and have no spaces, not {text!r}"
        )
    if not expires:
        raise ConfigError("SECURITY_CONTACT needs SECURITY_EXPIRES: until which day it holds")
    return text


def _day(name: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise ConfigError(f"{name} must be a day such as 2027-06-30, not {text!r}") from error


def _zone(text: str) -> ZoneInfo:
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigError(f"TIMEZONE must be a zone such as Europe/Amsterdam, not {text!r}") from error


def _stored_secret(path: Path) -> str:
    """The secret key of this installation, created on first use and readable by its owner only."""
    try:
        if path.exists() and path.stat().st_size >= SHORTEST_SECRET:
            return path.read_text()
        # Written to a temporary file first: a power cut must not leave half a secret.
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        descriptor = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        return path.read_text()
    except OSError as error:
        raise ConfigError(f"KEY_DIR: {path} cannot be used: {error.strerror}") from error

"""Settings from the environment: typed, checked, and loud about what cannot be."""

import re
import stat
from pathlib import Path

import pytest

from trainer.config import ROOT, ConfigError, Settings, Smtp, load

ONLY_SQLITE = "DATABASE_URL must be sqlite:/// and the path of a file: Kwartier works with no other database"


def settings(folder: Path, **environ: str) -> Settings:
    return load({"DATA_DIR": str(folder / "data"), **environ})


def test_nothing_has_to_be_set(tmp_path: Path) -> None:
    found = settings(tmp_path)

    assert (found.host, found.port, found.base_url) == ("0.0.0.0", 8000, "")
    assert found.key_dir == tmp_path / "keys"
    assert found.content_dir == ROOT / "content"
    assert found.database_url == f"sqlite:///{tmp_path}/data/kwartier.db"
    assert (found.post_rate, found.post_burst, found.trust_proxy) == (5, 20, False)
    assert str(found.timezone) == "Europe/Amsterdam"


def test_an_empty_setting_is_no_setting(tmp_path: Path) -> None:
    names = ("HOST", "PORT", "BASE_URL", "DATABASE_URL", "SECRET_KEY", "TIMEZONE", "POST_RATE", "CONTENT_DIR")

    empty = settings(tmp_path, **dict.fromkeys(names, ""))

    assert empty == settings(tmp_path)


def test_every_setting_is_described_in_the_example() -> None:
    described = {
        line.split("=")[0] for line in (ROOT / ".env.example").read_text().splitlines() if "=" in line
    }

    assert described == {
        "HOST", "PORT", "BASE_URL", "TRUST_PROXY", "DATA_DIR", "KEY_DIR", "DATABASE_URL", "SECRET_KEY",
        "CONTENT_DIR", "TIMEZONE", "POST_RATE", "POST_BURST", "WEBSOCKET",
        "SECURITY_CONTACT", "SECURITY_EXPIRES", "SECOND_FACTOR", "LOG_DAYS",
        "SMTP_HOST", "SMTP_PORT", "SMTP_SECURITY", "SMTP_SENDER", "SMTP_USER", "SMTP_PASSWORD",
        "SMTP_PASSWORD_FILE", "SMTP_TIMEOUT",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("PORT", "http", "PORT must be a number from 1 to 65535, not 'http'"),
        ("PORT", "0", "PORT must be a number from 1 to 65535, not '0'"),
        ("PORT", "65536", "PORT must be a number from 1 to 65535, not '65536'"),
        ("PORT", "²", "PORT must be a number from 1 to 65535, not '²'"),
        ("LOG_DAYS", "0", "LOG_DAYS must be a number from 1 to 3650, not '0'"),
        ("LOG_DAYS", "altijd", "LOG_DAYS must be a number from 1 to 3650, not 'altijd'"),
        ("BASE_URL", "kwartier.example", "BASE_URL must look like https://kwartier.example, without a path, "
         "not 'kwartier.example'"),
        ("BASE_URL", "https://a.example/x", "BASE_URL must look like https://kwartier.example, without a "
         "path, not 'https://a.example/x'"),
        ("TRUST_PROXY", "maybe", "TRUST_PROXY must be 1 or 0, not 'maybe'"),
        ("TIMEZONE", "Mars/Olympus", "TIMEZONE must be a zone such as Europe/Amsterdam, not 'Mars/Olympus'"),
        ("SECURITY_CONTACT", "security@x.example", "SECURITY_CONTACT must begin with mailto:, https:// or "
         "tel:, and have no spaces, not 'security@x.example'"),
        ("SECURITY_CONTACT", "mailto:a@x.example\nContact: b", "SECURITY_CONTACT must begin with mailto:, "
         "https:// or tel:, and have no spaces, not 'mailto:a@x.example\\nContact: b'"),
        ("SECURITY_CONTACT", "mailto:security@x.example", "SECURITY_CONTACT needs SECURITY_EXPIRES: until "
         "which day it holds"),
        ("SECURITY_EXPIRES", "volgend jaar", "SECURITY_EXPIRES must be a day such as 2027-06-30, not "
         "'volgend jaar'"),
        ("TIMEZONE", "../etc", "TIMEZONE must be a zone such as Europe/Amsterdam, not '../etc'"),
        ("WEBSOCKET", "slow", "WEBSOCKET must be one of fast, stock, not 'slow'"),
        ("SECOND_FACTOR", "trainers", "SECOND_FACTOR must be one of off, organisers, everybody, not "
         "'trainers'"),
        ("POST_RATE", "0", "POST_RATE must be a number from 1, not '0'"),
        ("POST_BURST", "nan", "POST_BURST must be a number from 1, not 'nan'"),
        ("DATABASE_URL", "kwartier.db", ONLY_SQLITE),
        ("DATABASE_URL", "postgresql://kwartier.example/kwartier", ONLY_SQLITE),
        ("DATABASE_URL", "sqlite://", ONLY_SQLITE),
        ("DATABASE_URL", "sqlite:///:memory:", ONLY_SQLITE),
        ("DATABASE_URL", "sqlite:///kwartier.db?mode=ro", ONLY_SQLITE),
        ("SECRET_KEY", "kort", "SECRET_KEY must have at least 16 characters; leave it out to have one made"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_name(tmp_path: Path, name: str, value: str, message: str) -> None:
    with pytest.raises(ConfigError) as refused:
        settings(tmp_path, **{name: value})

    assert str(refused.value) == message


@pytest.mark.parametrize("inside", ["", "keys", "a/b"])
def test_keys_may_not_lie_where_the_data_is(tmp_path: Path, inside: str) -> None:
    with pytest.raises(ConfigError, match="KEY_DIR must lie outside DATA_DIR"):
        settings(tmp_path, KEY_DIR=str(tmp_path / "data" / inside))


def test_a_folder_that_cannot_be_made_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file is in the way")

    with pytest.raises(ConfigError, match=r"^DATA_DIR: .* cannot be used: File exists$"):
        settings(tmp_path)


def test_the_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    first, second = settings(tmp_path), settings(tmp_path)

    assert first.secret_key == second.secret_key
    assert len(first.secret_key) == 64
    assert stat.S_IMODE((tmp_path / "keys" / "secret-key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "keys").iterdir()] == ["secret-key"]


def test_half_a_secret_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "secret-key").write_text("")

    assert len(settings(tmp_path).secret_key) == 64


def test_the_key_folder_is_for_its_owner_alone_also_when_it_was_there(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir(mode=0o755)

    settings(tmp_path)

    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


@pytest.mark.parametrize(("url", "secure"), [("https://kwartier.example", True), ("http://10.0.0.2", False)])
def test_cookies_are_secure_when_the_address_is(tmp_path: Path, url: str, secure: bool) -> None:
    assert settings(tmp_path, BASE_URL=url + "/").base_url == url
    assert settings(tmp_path, BASE_URL=url).secure is secure


MAIL = {"SMTP_HOST": "mail.wijk.example", "SMTP_SENDER": "kwartier@wijk.example"}


def test_mail_server_is_none_until_it_is_set(tmp_path: Path) -> None:
    assert settings(tmp_path).smtp is None


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_mail_server_has_the_port_of_its_security(tmp_path: Path, security: str, port: int) -> None:
    found = settings(tmp_path, **MAIL, SMTP_SECURITY=security).smtp

    assert found == Smtp("mail.wijk.example", port, security, "kwartier@wijk.example", "", "", 10)
    assert settings(tmp_path, **MAIL).smtp == settings(tmp_path, **MAIL, SMTP_SECURITY="starttls").smtp


def test_password_of_the_mail_server_comes_from_a_file_and_is_in_no_message(tmp_path: Path) -> None:
    path = tmp_path / "smtp"
    path.write_text("heel geheim\n", "utf-8")

    found = settings(tmp_path, **MAIL, SMTP_USER="k", SMTP_PASSWORD_FILE=str(path)).smtp

    assert found is not None
    assert (found.password, "geheim" in repr(found)) == ("heel geheim", False)


@pytest.mark.parametrize(
    ("environ", "message"),
    [
        (
            {"SMTP_SENDER": "a@b.nl"},
            "SMTP_HOST is missing: set it too, or leave out all that begins with SMTP_",
        ),
        (
            {"SMTP_HOST": "mail.nl"},
            "SMTP_SENDER must be an address to send from, such as kwartier@your.name, not ''",
        ),
        ({**MAIL, "SMTP_SENDER": "a@b.nl\nBcc: c@d.nl"}, "SMTP_SENDER must be an address"),
        ({**MAIL, "SMTP_HOST": "mail server"}, "SMTP_HOST must be the name of a machine"),
        ({**MAIL, "SMTP_SECURITY": "ssl"}, "SMTP_SECURITY must be one of starttls, tls, none, not 'ssl'"),
        ({**MAIL, "SMTP_PORT": "smtp"}, "SMTP_PORT must be a number from 1 to 65535, not 'smtp'"),
        ({**MAIL, "SMTP_USER": "k"}, "SMTP_USER and a password (SMTP_PASSWORD_FILE or SMTP_PASSWORD) need"),
        (
            {**MAIL, "SMTP_PASSWORD": "p"},
            "SMTP_USER and a password (SMTP_PASSWORD_FILE or SMTP_PASSWORD) need",
        ),
        (
            {**MAIL, "SMTP_USER": "k", "SMTP_PASSWORD": "p", "SMTP_SECURITY": "none"},
            "SMTP_USER needs SMTP_SECURITY=starttls or tls: anybody on the way could read the password",
        ),
        ({**MAIL, "SMTP_PASSWORD": "p", "SMTP_PASSWORD_FILE": "/x"}, "are both set: choose one"),
        ({**MAIL, "SMTP_PASSWORD_FILE": "/nergens"}, "SMTP_PASSWORD_FILE: /nergens cannot be read"),
        ({**MAIL, "SMTP_TIMEOUT": "0"}, "SMTP_TIMEOUT must be a number from 1, not '0'"),
    ],
)
def test_mail_server_that_is_set_in_part_or_wrong_stops_the_start(
    tmp_path: Path, environ: dict[str, str], message: str
) -> None:
    with pytest.raises(ConfigError, match=re.escape(message)):
        settings(tmp_path, **environ)

"""Sends mail where a mail server is set. An address is used once, and is stored and logged nowhere."""

import logging
import secrets
import smtplib
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP as POLICY
from email.utils import format_datetime
from enum import StrEnum
from typing import Any

from trainer.config import ADDRESS, Smtp

log = logging.getLogger(__name__)

# More at once could hold up what else is done off the loop.
MOST_AT_ONCE = 3
NAME = "Kwartier"


class Outcome(StrEnum):
    """What became of a mail."""

    SENT = "sent"
    ADDRESS = "address"
    LOGIN = "login"
    AWAY = "away"
    UNSAFE = "unsafe"
    REFUSED = "refused"
    SILENT = "silent"
    BUSY = "busy"


class Mail:
    """Sends mail by one server. `offload` runs what blocks where it holds up nobody else."""

    def __init__(self, server: Smtp, offload: Callable[..., Any]) -> None:
        self._server = server
        self._offload = offload
        self._places = threading.BoundedSemaphore(MOST_AT_ONCE)

    def send(self, address: str, subject: str, text: str) -> Outcome:
        """Sends a text, and says what became of it; SILENT when the server did not say that in time."""
        if not ADDRESS.fullmatch(address):
            return Outcome.ADDRESS
        if not self._places.acquire(blocking=False):
            return Outcome.BUSY
        message = made(self._server.sender, address, subject, text)
        told, done = list[Outcome](), threading.Event()

        def work() -> None:
            try:
                told.append(self._offload(deliver, self._server, message))
            finally:
                self._places.release()
                done.set()

        # A slow server keeps this thread, and nobody who waits for a page.
        threading.Thread(target=work, name="mail", daemon=True).start()
        done.wait(self._server.timeout)
        outcome = told[0] if told else Outcome.SILENT
        if outcome not in (Outcome.SENT, Outcome.ADDRESS):
            log.warning("a mail was not sent: %s", outcome)
        return outcome


def made(sender: str, address: str, subject: str, text: str) -> EmailMessage:
    """The mail: plain text, and no header that says more than a mail must.

    Raises ValueError when a header would hold the end of a line.
    """
    message = EmailMessage(policy=POLICY)
    message["From"] = f"{NAME} <{sender}>"
    message["To"] = address
    message["Subject"] = subject
    # Without a zone, which tells where the server is.
    message["Date"] = format_datetime(datetime.now(UTC))
    # The usual one has the name of the machine and the number of the process.
    message["Message-ID"] = f"<{secrets.token_hex(16)}@{_domain(sender)}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    message["Content-Language"] = "nl"
    return message


def deliver(server: Smtp, message: EmailMessage) -> Outcome:
    """Gives a mail to the server, and returns what that said. It blocks: call it off the loop."""
    connection: smtplib.SMTP | None = None
    try:
        connection = _connected(server)
        if server.user:
            connection.login(server.user, server.password)
        connection.send_message(message, server.sender, [message["To"]])
    except smtplib.SMTPRecipientsRefused:
        return Outcome.ADDRESS
    except (smtplib.SMTPAuthenticationError, smtplib.SMTPNotSupportedError):
        # Without a connection it is the safety that the server does not offer.
        return Outcome.UNSAFE if connection is None else Outcome.LOGIN
    except ssl.SSLError:
        return Outcome.UNSAFE
    except (TimeoutError, smtplib.SMTPServerDisconnected):
        # Also what smtplib makes of an answer that does not come in time.
        return Outcome.SILENT
    except smtplib.SMTPResponseException:
        return Outcome.REFUSED
    except OSError:
        return Outcome.AWAY
    finally:
        if connection is not None:
            # Nobody waits for what the server says to this.
            with suppress(OSError):
                connection.putcmd("quit")
            connection.close()
    return Outcome.SENT


def _connected(server: Smtp) -> smtplib.SMTP:
    """A connection that is as safe as was asked; what the server calls us does not name this machine."""
    greeting = _domain(server.sender)
    if server.security == "tls":
        return smtplib.SMTP_SSL(
            server.host, server.port, greeting, timeout=server.timeout, context=ssl.create_default_context()
        )
    connection = smtplib.SMTP(server.host, server.port, greeting, timeout=server.timeout)
    if server.security == "starttls":
        try:
            connection.starttls(context=ssl.create_default_context())
        except BaseException:
            connection.close()
            raise
    return connection


def _domain(address: str) -> str:
    return address.rpartition("@")[2]

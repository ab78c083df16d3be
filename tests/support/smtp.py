"""A real mail server on this machine, with what tests want it to do."""

import asyncio
import ssl
import subprocess
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.support.server import free_port

USER, PASSWORD = "kwartier", "geheim-van-de-mailserver"
SENDER = "kwartier@wijk.example"


@dataclass
class Postbox:
    """What a mail server does with what it gets: refuses `weg@`, and lets `traag@` wait until `stop`."""

    mails: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    greetings: list[str] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address.startswith("weg@"):
            return "550 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if envelope.rcpt_tos[0].startswith("traag@"):
            await asyncio.Event().wait()
        self.raw.append(envelope.content)
        self.greetings.append(session.host_name)
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"

    def authenticate(self, server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login, data.password))
        right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=right)


class MailServer:
    """A mail server that runs until `stop`."""

    def __init__(self, **how: Any) -> None:
        self.box = Postbox()
        if how.get("auth_required"):
            how["authenticator"] = self.box.authenticate
        self.port = free_port()
        self._controller = Controller(self.box, hostname="127.0.0.1", port=self.port, **how)
        self._controller.start()
        self._runs = True

    def settings(self, security: str, *, user: str = "", password: str = "") -> dict[str, str]:
        """What Kwartier must be told to send by it."""
        return {
            "SMTP_HOST": "localhost",
            "SMTP_PORT": str(self.port),
            "SMTP_SECURITY": security,
            "SMTP_SENDER": SENDER,
            "SMTP_USER": user,
            "SMTP_PASSWORD": password,
            "SMTP_TIMEOUT": "5",
        }

    def stop(self) -> None:
        if self._runs:
            self._controller.stop()
        self._runs = False


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate of `localhost` that signs itself, and what a server needs to prove it."""
    key, cert = folder / "smtp.key", folder / "smtp.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", str(key), "-out", str(cert), "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost"],
        check=True,
        capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return cert, context

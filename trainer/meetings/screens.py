"""The pass that a projector's page presents, and the one-time codes that give one to another laptop.

A pass is a signed cookie with the right to one screen, and to nothing else. It ends with the sessions of the
trainer who gave it, and when the screens are closed. Once a meeting is over its screen shows nothing.
"""

import time
from collections.abc import Callable

from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.datastructures import MultiDict

from trainer.cookies import Cookies, screen
from trainer.meetings.onetime import OneTimeCodes
from trainer.store.access import Right
from trainer.store.statements import CLOSE_SCREENS
from trainer.store.writer import Writer

PASS_SECONDS = 12 * 3600


class Screens:
    """Issues and reads passes, and closes the screens of a meeting."""

    def __init__(
        self, secret_key: str, writer: Writer, cookies: Cookies, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._signer = URLSafeSerializer(secret_key, salt="kwartier-screen")
        self._writer = writer
        self._cookies = cookies
        self.codes: OneTimeCodes[Right] = OneTimeCodes(now)

    def signed(self, right: Right) -> str:
        """The cookie value for a right to a screen."""
        return str(self._signer.dumps([right.meeting_id, right.user_id, right.proof]))

    def read(self, sent: MultiDict[str, str], meeting_id: str) -> Right | None:
        """The right that these cookies give to the screen of a meeting, or None; it may be revoked by now."""
        try:
            about, user_id, proof = self._signer.loads(self._cookies.read(sent, screen(meeting_id)))
        except (BadSignature, ValueError, TypeError):
            return None
        return Right(meeting_id, user_id, True, proof) if about == meeting_id else None

    def close(self, meeting_id: str) -> None:
        """Revokes every pass of a meeting, and its code. Raises NotSaved."""
        self.codes.forget(meeting_id)
        self._writer.submit(lambda changes: changes.add(CLOSE_SCREENS, {"meeting_id": meeting_id}))

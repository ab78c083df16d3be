"""Which trainers' pages may be open, and closing those whose right has ended."""

from collections.abc import Sequence
from typing import Any

from flask import Flask
from flask_login import current_user
from socketio import Server
from socketio.exceptions import ConnectionRefusedError as Refused
from werkzeug.http import parse_cookie

from trainer import wire
from trainer.live.audience import Role
from trainer.meetings.host import Host
from trainer.sockets.connections import Connection, Connections
from trainer.sockets.direct import make_packet, send_packet
from trainer.sockets.protocol import Event
from trainer.store.access import Right, Standing, grant, holds, standings
from trainer.store.repository import shown_names


class Rights:
    """Grants trainers' pages their right, and empties them when it has ended."""

    def __init__(self, app: Flask, server: Server, host: Host, connections: Connections) -> None:
        self._app = app
        self._server = server
        self._host = host
        self._connections = connections
        host.leaders.connected, host.leaders.has_screen = self.leading, connections.has_screen

    def ask(self, environ: dict[str, Any], meeting_id: str, role: Role) -> tuple[Right, str]:
        """The right of a connecting page, with its trainer's name. Raises Refused when it has none.

        A screen presents its pass: even in a trainer's own browser its page has no right beyond that, and no
        name.
        """
        if role is Role.SCREEN:
            return self._ask_screen(environ, meeting_id), ""
        with self._app.request_context(environ):
            logged_in = current_user.is_authenticated
            right = grant(self._host.engine, current_user.id, meeting_id, screen=False) if logged_in else None
            if right is None:
                why = Standing.NO_TRAINER if logged_in else Standing.LOGGED_OUT
                raise Refused("not a trainer of this meeting", self.farewell(meeting_id, why))
            return right, shown_names(self._host.engine)[current_user.id]

    def _ask_screen(self, environ: dict[str, Any], meeting_id: str) -> Right:
        right = self._host.screens.read(parse_cookie(environ), meeting_id)
        if right is None or not holds(self._host.engine, right):
            raise Refused("no pass for this screen", self.farewell(meeting_id, Standing.SCREENS_CLOSED))
        return right

    def screens(self, connection: Connection, wish: str) -> bool:
        """Does what control asks about screens: a code for another laptop, or closing them all.

        False when the wish is unknown or the trainer may not have it.
        """
        screens, meeting_id = self._host.screens, connection.meeting_id
        if wish == "close":
            screens.close(meeting_id)
            self.end_lost()
            return True
        user_id = connection.right.user_id if connection.right else 0
        right = grant(self._host.engine, user_id, meeting_id, screen=True)
        if wish != "code" or right is None:
            return False
        screens.codes.make(meeting_id, right)
        return True

    def still_holds(self, connection: Connection) -> bool:
        """Whether the right of this page still holds; phones need none."""
        return connection.right is None or holds(self._host.engine, connection.right)

    def leading(self, meeting_id: str) -> set[tuple[int, str]]:
        """Who has control of a meeting open: user id and name."""
        pages = self._connections.of(meeting_id, Role.CONTROL)
        return {(page.right.user_id, page.name) for page in pages if page.right is not None}

    def end_lost(self) -> None:
        """Empties and closes every page whose right has ended."""
        pages = self._connections.with_rights()
        if not pages:
            return
        found = standings(self._host.engine, {right for _, right in pages})
        for page, right in pages:
            if found[right] is not Standing.HOLDS:
                self._end([page], found[right])

    def end_meeting(self, meeting_id: str, why: Standing = Standing.NOT_OPEN) -> None:
        """Empties and closes every page of a meeting that is no longer open, including those of phones."""
        audiences = self._connections.by_audience(meeting_id)
        self._end([page for _, pages in audiences for page in pages], why)

    def _end(self, pages: Sequence[Connection], why: Standing) -> None:
        # Empty all of them before closing any: closing takes longer.
        for page in pages:
            said = make_packet(wire.event(Event.ENDED, self.farewell(page.meeting_id, why)))
            send_packet([page.socket], said)
        for page in pages:
            self._server.disconnect(page.sid)

    def farewell(self, meeting_id: str, why: Standing) -> dict[str, str]:
        """What a page shows in place of the meeting."""
        template = self._app.jinja_env.get_template("live/ended.html")
        return {"html": template.render(why=why, meeting=meeting_id)}

"""Control of a real server counts phones by the address that they use, while they are there."""

from tests.sockets.conftest import Stage
from tests.support.pages import Phone
from tests.support.server import wait_for

TOLD = "meer dan één adres"


def test_a_phone_by_another_address_is_on_control_until_it_is_gone(stage: Stage) -> None:
    phone = Phone(stage.server, stage.opened.secret)
    phone.connect()
    assert TOLD not in stage.control.view["html"]

    again = phone.another_tab(stage.server.url.replace("127.0.0.1", "localhost")).connect()
    stage.control.shows(TOLD)

    again.close()
    wait_for(lambda: TOLD not in stage.control.view["html"], "one address on control")
    phone.close()

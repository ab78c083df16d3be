"""What every answer has, and whether the process is well."""

import pytest
from flask.testing import FlaskClient

from tests.support.built import address
from tests.support.hall import Hall, klein_environment
from trainer import create_app
from trainer.config import load

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; "
    "connect-src 'self' ws://localhost; form-action {forms}; base-uri 'none'; frame-ancestors 'none'"
)


def test_the_process_says_that_it_lives(still: FlaskClient) -> None:
    answer = still.get("/healthz")

    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


def test_the_process_says_that_it_is_ready(still: FlaskClient) -> None:
    answer = still.get("/readyz")

    checks = {"database": True, "migrations": True, "saving": True, "curriculum": True}
    assert (answer.status_code, answer.json) == (200, {"status": "ok", "checks": checks})


def test_without_tables_the_process_is_not_ready(tmp_path_factory: pytest.TempPathFactory) -> None:
    app = create_app(load(klein_environment(tmp_path_factory.mktemp("empty"))))

    answer = app.test_client().get("/readyz")

    checks = {"database": True, "migrations": False, "saving": True, "curriculum": True}
    assert (answer.status_code, answer.json) == (503, {"status": "not ready", "checks": checks})


def test_without_a_database_the_process_is_not_ready(hall: Hall, browser: FlaskClient) -> None:
    hall.stop()
    (hall.folder / "data" / "kwartier.db").write_bytes(b"this is no database" * 100)

    answer = browser.get("/readyz")

    assert answer.status_code == 503
    assert answer.json is not None
    assert answer.json["checks"]["database"] is False


@pytest.mark.parametrize("path", ["/", "/healthz", "/niets", "/j/niets", "/inloggen", address("phone.css")])
def test_every_answer_keeps_to_our_own_files(still: FlaskClient, path: str) -> None:
    headers = still.get(path).headers

    forms = "'self'" if path in ("/", "/healthz", "/j/niets", "/inloggen") else "'none'"
    expected = "default-src 'none'" if path.startswith("/static/") else CSP.format(forms=forms)
    assert headers["Content-Security-Policy"] == expected
    assert headers["X-Content-Type-Options"] == "nosniff"
    # Forms of phones have no token: a browser says where they come from, and no more than that.
    tells = path in ("/", "/healthz", "/j/niets")
    assert headers["Referrer-Policy"] == ("strict-origin" if tells else "no-referrer")


@pytest.mark.parametrize(
    "path", ["/", "/niets", "/j/niets", "/healthz", "/socket.io/?EIO=4&transport=polling"]
)
def test_pages_are_not_kept_by_the_browser(still: FlaskClient, path: str) -> None:
    assert still.get(path).headers["Cache-Control"] == "no-store"


def test_a_page_that_is_not_there_says_so_in_plain_words(still: FlaskClient) -> None:
    answer = still.get("/niets")

    assert answer.status_code == 404
    assert "Deze pagina is er niet" in answer.text


def test_a_form_that_is_too_large_is_refused(still: FlaskClient) -> None:
    answer = still.post("/", data={"code": "A" * 1_000_001})

    assert answer.status_code == 413


@pytest.mark.parametrize("trusted", [False, True])
def test_a_proxy_is_believed_only_when_told_so(
    prepared: object, tmp_path_factory: pytest.TempPathFactory, trusted: bool
) -> None:
    folder = tmp_path_factory.mktemp("proxy")
    app = create_app(load(klein_environment(folder) | {"TRUST_PROXY": "1" if trusted else "0"}))

    answer = app.test_client().get(
        "/healthz", headers={"X-Forwarded-Proto": "https", "X-Forwarded-Host": "kwartier.example"}
    )

    assert ("wss://kwartier.example" in answer.headers["Content-Security-Policy"]) is trusted
    assert ("Strict-Transport-Security" in answer.headers) is trusted

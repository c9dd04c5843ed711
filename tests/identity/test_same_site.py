"""A change made with a cookie must come from our own pages."""

import pytest

from api.main import create_app
from tests.honest import HonestClient

ELSEWHERE = "https://elsewhere.example.org"

FINE = [
    {"Origin": "http://testserver"},
    {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "same-origin"},
    {"Sec-Fetch-Site": "none"},
    {},
]
FOREIGN = [
    {"Origin": ELSEWHERE},
    {"Origin": ELSEWHERE, "Sec-Fetch-Site": "cross-site"},
    {"Origin": "null"},
    {"Origin": "http://testserver.example.org"},
    {"Origin": "http://testserver:8080"},
    {"Origin": "https://testserver"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.fixture
def cookie(signed_in, asha):
    return {"Cookie": f"trellis={signed_in(asha).cookies['trellis']}"}


@pytest.mark.parametrize("headers", FINE)
def test_our_own_pages_and_plain_clients_may_change_things(app, cookie, headers):
    answer = HonestClient(app).put("/v1/me/preferences", json={}, headers=cookie | headers)

    assert answer.status_code == 200


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_pages_of_others_may_not(app, cookie, headers, method):
    paths = {
        "POST": ("/v1/me/tokens", {"name": "Stolen"}),
        "PUT": ("/v1/me/password", {"new_password": "eight brown acorns"}),
        "PATCH": ("/v1/me", {"name": "Stolen"}),
        "DELETE": ("/v1/sign-ins/current", None),
    }
    path, body = paths[method]

    answer = HonestClient(app).request(method, path, json=body, headers=cookie | headers)

    assert answer.status_code == 403
    assert HonestClient(app).get("/v1/me", headers=cookie).json()["name"] == "Asha"


@pytest.mark.parametrize("headers", FOREIGN)
def test_reading_changes_nothing_and_is_left_to_the_browsers_own_rules(app, cookie, headers):
    answer = HonestClient(app).get("/v1/me", headers=cookie | headers)

    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize("headers", FOREIGN)
def test_a_token_is_never_sent_by_accident_and_may_come_from_anywhere(acting, asha, headers):
    answer = acting(asha).put("/v1/me/preferences", json={}, headers=headers)

    assert answer.status_code == 200


def test_a_form_of_another_page_cannot_sign_anybody_in(browser, asha):
    """Browsers send no JSON for a form, and ask before they send it for a script."""
    body = b'{"email":"asha@example.org","password":"seven green leaves"}'
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = browser().post("/v1/sign-ins", content=body, headers={"Content-Type": kind})
        assert answer.status_code == 415
        assert "set-cookie" not in answer.headers


def test_pages_of_another_origin_that_is_ours_too_may_change_things(settings, asha):
    ours = "https://pages.example.org"
    app = create_app(settings.model_copy(update={"cors_origins": [ours]}))
    client = HonestClient(app)
    client.post("/v1/sign-ins", json={"email": asha.email, "password": "seven green leaves"})

    assert client.put("/v1/me/preferences", json={}, headers={"Origin": ours}).status_code == 200
    other = client.put("/v1/me/preferences", json={}, headers={"Origin": ELSEWHERE})
    assert other.status_code == 403
    app.state.engine.dispose()

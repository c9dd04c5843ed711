"""What every answer carries, and what a reader need not fetch twice."""

import pytest
from fastapi.testclient import TestClient

from api.core.settings import Settings
from api.main import create_app
from tests import make

ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.fixture
def site(settings, tmp_path):
    """The whole application as people meet it over TLS, pages included."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<title>Trellis</title>")
    (tmp_path / "assets" / "main-1a2b.js").write_text("1")
    app = create_app(
        settings.model_copy(
            update={"frontend_dir": str(tmp_path), "public_url": "https://trellis.example.org"}
        )
    )
    yield TestClient(app, base_url="https://trellis.example.org")
    app.state.engine.dispose()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/assets/main-1a2b.js", 200),
        ("GET", "/assets/gone.js", 404),
        ("GET", "/version", 200),
        ("GET", "/healthz", 200),
        ("GET", "/problems/forbidden", 200),
        ("GET", "/openapi.json", 200),
        ("GET", "/docs", 200),
        ("GET", "/v1/me", 401),
        ("GET", "/v1/nothing", 404),
        ("DELETE", "/v1/me", 405),
        ("POST", "/v1/sign-ins", 415),
    ],
)
def test_every_answer_is_kept_in_by_strict_headers(site, method, path, status):
    answer = site.request(method, path)

    assert answer.status_code == status
    for name, value in ALWAYS.items():
        assert answer.headers[name] == value
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["strict-transport-security"].startswith("max-age=")
    assert answer.headers["x-request-id"]


def test_even_a_fault_of_ours_is_kept_in_by_strict_headers(acting, db, monkeypatch):
    monkeypatch.setattr("api.communities.queries.where", lambda *_: 1 / 0)

    answer = acting(make.person(db)).get("/v1/communities")

    assert answer.status_code == 500
    assert answer.headers.items() >= ALWAYS.items()


def test_without_tls_nobody_is_told_to_keep_to_it(acting):
    assert "strict-transport-security" not in acting(None).get("/version").headers


def test_what_is_private_is_kept_by_nobody_and_what_never_changes_by_everybody(site):
    assert site.get("/v1/me").headers["cache-control"] == "private, no-cache"
    assert site.get("/").headers["cache-control"] == "private, no-cache"
    assert "immutable" in site.get("/assets/main-1a2b.js").headers["cache-control"]
    assert "immutable" not in site.get("/assets/gone.js").headers["cache-control"]


def test_a_page_is_no_answer_to_a_question_for_the_api(site):
    browser = {"Accept": "text/html,*/*"}

    assert "Trellis" in site.get("/communities/some", headers=browser).text
    for path in ("/v1/nothing", "/v1/communities/x/nothing", "/assets/gone.js"):
        answer = site.get(path, headers=browser)
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/problem+json"


def test_a_request_keeps_the_name_its_caller_gave_it(acting):
    answer = acting(None).get("/version", headers={"X-Request-Id": "desk-42.morning"})

    assert answer.headers["x-request-id"] == "desk-42.morning"


@pytest.mark.parametrize("name", ["short", "x" * 65, "two words", "<script>", "naïve-name"])
def test_a_name_that_could_do_harm_is_replaced(acting, name):
    answer = acting(None).get("/version", headers={"X-Request-Id": name.encode("latin-1")})

    assert answer.headers["x-request-id"] != name
    assert len(answer.headers["x-request-id"]) == 36


def test_a_request_is_logged_by_its_route_and_trace_but_not_its_words(app, acting, db, logged):
    asha = acting(make.person(db))
    app.middleware_stack = None  # made anew, so that it writes
    app.state.settings.log_level = "info"
    for middleware in app.user_middleware:
        if "settings" in middleware.kwargs:
            middleware.kwargs["settings"] = Settings(_env_file=None, log_level="info")
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"

    asha.get("/v1/communities?q=grief", headers={"traceparent": f"00-{trace}-00f067aa0ba902b7-01"})

    line = logged.getvalue()
    assert '"route": "/v1/communities"' in line
    assert trace in line
    assert "grief" not in line


def test_who_has_the_newest_answer_is_told_so(acting, db):
    asha = make.person(db)
    community = make.community(db, lead=asha)
    url = f"/v1/communities/{community.id}"
    tag = acting(asha).get(url).headers["etag"]

    for seen in (tag, f"W/{tag}", f'"old", {tag}', "*"):
        answer = acting(asha).get(url, headers={"If-None-Match": seen})
        assert answer.status_code == 304
        assert answer.content == b""
        assert answer.headers["etag"] == tag

    assert acting(asha).get(url, headers={"If-None-Match": '"1-0"'}).status_code == 200
    assert acting(make.person(db)).get(url, headers={"If-None-Match": tag}).status_code == 200, (
        "another reader may do other things, and so reads another answer"
    )


def test_a_change_must_name_the_version_it_was_made_from(acting, db):
    asha = make.person(db)
    community = make.community(db, lead=asha)
    url = f"/v1/communities/{community.id}"
    tag = acting(asha).get(url).headers["etag"]
    change = {"purpose": "To share what helps."}

    assert acting(asha).patch(url, json=change).status_code == 428
    for wrong in ('"99-0"', "nonsense", '"-"', '""'):
        answer = acting(asha).patch(url, json=change, headers={"If-Match": wrong})
        assert answer.status_code == 412, wrong

    first = acting(asha).patch(url, json=change, headers={"If-Match": tag})
    late = acting(asha).patch(url, json={"purpose": "Other."}, headers={"If-Match": tag})

    assert first.status_code == 200
    assert late.status_code == 412
    assert acting(asha).get(url).json()["purpose"] == "To share what helps."
    assert first.headers["etag"] == acting(asha).get(url).headers["etag"]


def test_somebody_joining_does_not_refuse_the_leads_edit(acting, db):
    lena = make.person(db, "Lena")
    community = make.community(db, lead=lena)
    url = f"/v1/communities/{community.id}"
    tag = acting(lena).get(url).headers["etag"]
    make.member(db, community, make.person(db))

    answer = acting(lena).patch(url, json={"region": "Wales"}, headers={"If-Match": tag})

    assert answer.status_code == 200, answer.text
    assert answer.json()["member_count"] == 2


def test_pages_of_another_origin_may_read_what_they_need(settings):
    settings = settings.model_copy(update={"cors_origins": ["https://pages.example.org"]})
    client = TestClient(create_app(settings))
    ours = {"Origin": "https://pages.example.org"}
    asks = {**ours, "Access-Control-Request-Method": "PATCH"}

    before = client.options(
        "/v1/me", headers={**asks, "Access-Control-Request-Headers": "if-match,if-none-match"}
    )
    answer = client.get("/version", headers=ours)
    stranger = client.get("/version", headers={"Origin": "https://elsewhere.example.org"})

    assert before.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "https://pages.example.org"
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "ETag" in answer.headers["access-control-expose-headers"]
    assert "access-control-allow-origin" not in stranger.headers
    client.app.state.engine.dispose()

"""Who may ask the reading room, and for what."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from room import filled, grounding, visited
from starlette.testclient import TestClient

from variorum.config import Serving, Web
from variorum.errors import UsageError
from variorum.web.serve import serve

TOKEN = "a-token-of-twenty-two"  # noqa: S105 - of a room made here


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with filled(tmp_path / "a.db", grounding()) as archive, visited(archive) as client:
        yield client


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[TestClient]:
    with filled(tmp_path / "a.db", grounding()) as archive, visited(archive, token=TOKEN) as client:
        yield client


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8765", "127.0.0.1:8765", "localhost.", "[::1]:80", "192.0.2.7"]
)
def test_a_name_of_ours_and_an_address_in_digits_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/stories", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "evil.example#localhost",
        "a@localhost",
        "",
        "127.0.0.1.nip.io",
        "[::1",
        "a]b",
    ],
)
def test_another_name_is_refused_so_that_none_can_be_made_to_point_here(client: TestClient, host: str) -> None:
    answer = client.get("/stories.json", headers={"host": host})
    assert answer.status_code == 421
    assert answer.headers["content-type"] == "application/problem+json"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},  # another port of this machine
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:9999"},
    ],
)
@pytest.mark.parametrize("address", ["/sign-in", "/sign-out", "/stories"])
def test_what_changes_something_must_come_from_a_page_of_ours(
    client: TestClient, headers: dict[str, str], address: str
) -> None:
    assert client.post(address, headers=headers).status_code == 403
    assert client.request("DELETE", address, headers=headers).status_code == 403


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin"}, {"origin": "http://localhost"}, {}])
def test_a_form_of_ours_and_a_program_come_through(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/sign-out", headers=headers).status_code == 303


def test_every_answer_carries_the_policy(client: TestClient) -> None:
    for answer in (
        client.get("/stories"), client.get("/stories.json"), client.get("/nothing"), client.get("/static/room.css"),
        client.get("/stories", headers={"host": "evil.example"}), client.post("/x", headers={"origin": "null"}),
    ):  # fmt: skip
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert answer.headers["x-frame-options"] == "DENY"


def test_no_page_has_anything_inline(client: TestClient) -> None:
    for address in ("/stories", "/outlets", "/refused", "/api", "/nothing", "/sign-in"):
        page = client.get(address, headers={"accept": "text/html"}).text
        assert "<style" not in page
        assert " style=" not in page
        assert " onclick" not in page
        assert page.count("<script") == page.count('<script type="module" src=') + page.count("<script defer src=")


def test_a_request_that_is_too_large_is_refused(tmp_path: Path) -> None:
    web = Web(form_bytes=1_000, request_bytes=5_000)
    with filled(tmp_path / "a.db", grounding()) as archive, visited(archive, token=TOKEN, web=web) as client:
        assert client.post("/sign-in", content=b"x" * 1_001).status_code == 413
        adding = {"content-type": "application/json", "authorization": f"Bearer {TOKEN}"}
        assert client.post("/add", content=b"x" * 5_000, headers=adding).status_code == 422, "only there is more taken"
        assert client.post("/add", content=b"x" * 5_001, headers=adding).status_code == 413
        form = {"content-type": "application/x-www-form-urlencoded"}
        chunks = (b"x" * 100 for _ in range(20))  # no length told
        assert client.post("/sign-in", content=chunks, headers=form).status_code == 413
        assert client.post("/sign-in", headers={"content-length": "many"}).status_code == 413


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_page_elsewhere_may_lead_here_and_load_nothing(client: TestClient, site: str) -> None:
    def asked(dest: str) -> int:
        return client.get("/stories?q=ferry", headers={"sec-fetch-site": site, "sec-fetch-dest": dest}).status_code

    assert asked("document") == 200
    assert {dest: asked(dest) for dest in ("image", "script", "empty", "iframe")} == dict.fromkeys(
        ("image", "script", "empty", "iframe"), 403
    )


def test_without_the_token_nothing_is_shown(locked: TestClient) -> None:
    page = locked.get("/stories", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["location"]) == (303, "/sign-in")
    for address in ("/stories.json", "/openapi.json", "/outlets.json", "/"):
        refused = locked.get(address, headers={"accept": "application/json"})
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"] == "Bearer"
    assert locked.get("/stories.json", headers={"authorization": "Bearer wrong-token-of-ours"}).status_code == 401
    for cookie in ("0" * 64, "\u00e9", ""):
        headers = {"cookie": f"variorum={cookie}".encode("latin-1")}
        assert locked.get("/stories.json", headers=headers).status_code == 401


def test_the_token_opens_as_a_bearer_and_by_signing_in(locked: TestClient) -> None:
    assert locked.get("/stories.json", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200
    wrong = locked.post("/sign-in", data={"token": "guess"})
    assert wrong.status_code == 403
    assert "That is not the token" in wrong.text
    right = locked.post("/sign-in", data={"token": TOKEN})
    assert right.status_code == 303
    cookie = right.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert TOKEN not in cookie
    assert locked.get("/stories.json").status_code == 200
    locked.post("/sign-out")
    assert locked.get("/stories.json").status_code == 401


def test_a_room_open_to_others_asks_for_a_token_and_says_why(tmp_path: Path) -> None:
    place = str(tmp_path / "a.db")
    with pytest.raises(UsageError, match=r"--host 0\.0\.0\.0 lets other machines in.*--token"):
        serve(Serving(place, host="0.0.0.0"))  # noqa: S104 - refused
    with pytest.raises(UsageError, match="at least 16 characters"):
        serve(Serving(place, token=TOKEN[:5]))
    with pytest.raises(UsageError, match=r"cannot listen at 192\.0\.2\.1"):
        serve(Serving(place, host="192.0.2.1", token=TOKEN))

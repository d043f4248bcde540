"""Photos over HTTP: taken by content, kept without metadata, given to nobody but their sender."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from PIL import Image
from website_desk import Visitor, running

from bot.storage.sessions import open_engine, session_scope
from bot.support.channels import Origin
from bot.support.tickets import open_ticket
from tests.unit.support.picture_files import PLACE, bomb, file_of, photo, told_photo
from tests.unit.support.rows import NOW, WASHER

PATH = "/api/website/photos"


def show(visitor: Visitor, raw: bytes, client_id: str | None = None, **headers: str) -> httpx.Response:
    """Send a photo."""
    named = {"client_message_id": client_id or str(uuid.uuid4())}
    return visitor.http.post(PATH, params=named, content=raw, headers=headers)


def shown(visitor: Visitor) -> list[str]:
    """Give the photos of a conversation's history."""
    return [message["extras"]["photo"]["id"] for message in visitor.read() if "photo" in message["extras"]]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_kept_without_its_metadata_and_given_back_to_its_sender(visit, kind) -> None:
    visitor = visit(language="en")
    accepted = show(visitor, told_photo(kind, orientation=6), "p1")
    assert (accepted.status_code, accepted.json()["repeated"]) == (202, False)
    mine, answer = visitor.read()
    assert (mine["author"], mine["text"], mine["client_message_id"]) == ("customer", "Photo", "p1")
    assert (mine["extras"]["photo"]["width"], mine["extras"]["photo"]["height"]) == (200, 300)
    assert (answer["author"], "I've got your photo" in answer["text"]) == ("assistant", True)
    got = visitor.http.get(f"{PATH}/{mine['extras']['photo']['id']}")
    assert got.status_code == 200
    assert got.content.startswith(b"\xff\xd8")
    assert PLACE not in got.content
    assert b"Exif" not in got.content


def test_a_photo_is_served_as_nothing_but_a_photo(visitor) -> None:
    show(visitor, photo() + b"<script>alert(1)</script>", **{"content-type": "text/html"})
    got = visitor.http.get(f"{PATH}/{shown(visitor)[0]}")
    assert got.headers["content-type"] == "image/jpeg"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert got.headers["cache-control"] == "private, no-store"
    assert got.headers["content-disposition"] == 'inline; filename="photo.jpg"'
    assert b"script" not in got.content


def test_another_conversations_photo_is_not_found_like_one_that_does_not_exist(visit, gateway) -> None:
    owner, stranger = visit(), visit()
    show(owner, photo())
    [mine] = shown(owner)
    assert owner.http.get(f"{PATH}/{mine}").status_code == 200
    tried = [mine, uuid.uuid4().hex, mine[:-1], "x", "%00", mine.upper(), "..%2f..%2fetc", f"{mine}'--", "é" * 50]
    answers = [stranger.http.get(f"{PATH}/{name}") for name in tried]
    assert {(answer.status_code, answer.text) for answer in answers} == {(404, answers[0].text)}
    for headers in ({}, {"authorization": "Bearer x.y"}):
        nobody = httpx.get(f"{gateway}{PATH}/{mine}", headers=headers, trust_env=False)
        assert (nobody.status_code, nobody.json()["code"]) == (401, "not_allowed")
    owner.http.delete("/api/website/conversations")
    assert owner.http.get(f"{PATH}/{mine}").status_code == 401


def test_a_stranger_is_refused_before_anything_is_read(site) -> None:
    refused = httpx.post(f"{site}{PATH}?client_message_id=1", content=photo(), trust_env=False)
    assert (refused.status_code, refused.json()["code"]) == (401, "not_allowed")


def test_a_photo_sent_again_has_no_second_effect(visit) -> None:
    visitor = visit()
    raw = photo()
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda _: show(visitor, raw, "same"), range(3)))
    answers.append(show(visitor, raw, "same"))
    assert {answer.status_code for answer in answers} == {202}
    assert sorted(answer.json()["repeated"] for answer in answers) == [False, True, True, True]
    assert len(shown(visitor)) == 1
    assert len(visitor.read()) == 2


def test_an_id_belongs_to_one_message_whatever_its_kind(visit) -> None:
    visitor = visit()
    show(visitor, photo(), "a")
    visitor.send("hello", client_message_id="b")
    for refused in (
        show(visitor, photo("PNG"), "a"),
        show(visitor, photo(), "b"),
        visitor.send("hello", client_message_id="a"),
        visitor.send("/", client_message_id="a"),
    ):
        assert refused.status_code in (409, 422), refused.text
    assert len(shown(visitor)) == 1


@pytest.mark.parametrize(
    ("raw", "status", "code"),
    [
        (b"", 415, "photo_type"),
        (b"<html>", 415, "photo_type"),
        (file_of(Image.new("RGB", (9, 9)), "GIF"), 415, "photo_type"),
        (bytes(4) + b"ftypheic" + bytes(50), 415, "photo_heic"),
        (photo()[:400], 422, "photo_broken"),
        (bomb(20_000, 20_000), 413, "photo_too_large"),
        (photo() + bytes(8 * 2**20), 413, "photo_too_large"),
    ],
    ids=["empty", "page", "gif", "heic", "cut", "bomb", "bytes"],
)
def test_what_cannot_be_kept_is_refused_in_the_customers_language(site, raw, status, code) -> None:
    said = set()
    for language, script in (("en", "latin"), ("zh", "simplified"), ("zh", "traditional"), ("yue", "traditional")):
        visitor = Visitor(site, language=language, script=script)
        refused = show(visitor, raw)
        body = refused.json()
        assert (refused.status_code, body["code"], body["language"], body["script"]) == (status, code, language, script)
        said.add(body["text"])
        assert visitor.read() == []
    assert len(said) == 4


def test_a_photo_of_unannounced_size_is_ended(visitor) -> None:
    def parts():
        for _ in range(90):
            yield bytes(100_000)

    refused = visitor.http.post(PATH, params={"client_message_id": "1"}, content=parts())
    assert (refused.status_code, refused.json()["code"]) == (413, "photo_too_large")
    assert visitor.http.get("/health").status_code == 200


def test_other_bodies_stay_as_small_as_they_were(visitor) -> None:
    assert visitor.http.post("/api/website/messages", content=bytes(70_000)).status_code == 413


@pytest.mark.parametrize("client_id", ["", "é", "x" * 101, "\n"])
def test_a_photo_needs_an_id(visitor, client_id) -> None:
    refused = visitor.http.post(PATH, params={"client_message_id": client_id}, content=photo())
    assert (refused.status_code, refused.json()["code"]) == (400, "malformed")


def test_the_eleventh_photo_is_refused_and_the_limits_by_time_hold(assistant, sqlite_url, tmp_path) -> None:
    strict = {"LIMIT_LOOPBACK": "yes", "PHOTOS_PER_ADDRESS": "12", "MESSAGES_PER_CONVERSATION": "11"}
    with running(assistant.url, sqlite_url, tmp_path, **strict) as (url, _):
        visitor, other = Visitor(url, language="yue", script="traditional"), Visitor(url)
        answers = [show(visitor, photo()) for _ in range(12)]
        assert [answer.status_code for answer in answers] == [202] * 10 + [409, 429]
        assert (answers[10].json()["code"], answers[10].json()["limit"]) == ("photos_full", 10)
        assert len(shown(visitor)) == 10
        late = show(other, photo())
        assert (late.status_code, "retry-after" in late.headers) == (429, True)


def test_a_photo_goes_with_the_open_ticket_and_says_so(assistant, sqlite_url, tmp_path) -> None:
    with running(assistant.url, sqlite_url, tmp_path) as (url, _):
        visitor, engine = Visitor(url, language="zh", script="traditional"), open_engine(sqlite_url)
        with session_scope(engine) as session:
            ticket = open_ticket(
                session, Origin(visitor.conversation, "m1", "website", "zh", "simplified", NOW), WASHER
            )
        engine.dispose()
        show(visitor, photo())
        assert f"已經附在您的維修單 {ticket.number} 上" in visitor.read()[-1]["text"]


def test_photos_come_in_while_the_assistant_is_away_and_leave_its_choices_open(site, assistant) -> None:
    offered = [{"label": "Yes", "payload": {"intent": "affirm"}}, {"label": "No", "payload": {"intent": "deny"}}]
    assistant.script(answers=[{"text": "Right?", "choices": offered}])
    visitor = Visitor(site)
    visitor.send("hello")
    [question] = visitor.answers()
    assistant.script(down=True)
    assert show(visitor, photo()).status_code == 202
    assert len(assistant.asked(visitor.conversation)) == 1, "no turn is asked for a photo"
    assistant.script()
    assert visitor.send(choice=question["choices"][1]["id"]).status_code == 202
    visitor.answers(2)
    assert assistant.asked(visitor.conversation)[-1]["payload"] == {"intent": "deny"}


def test_a_configured_site_may_send_photos(site) -> None:
    asked = {"origin": "https://shop.example", "access-control-request-method": "POST"}
    for wished in ("authorization", "authorization,content-type"):
        headers = {**asked, "access-control-request-headers": wished}
        assert httpx.options(f"{site}{PATH}", headers=headers, trust_env=False).status_code == 200
    foreign = httpx.options(f"{site}{PATH}", headers={**asked, "origin": "https://evil.example"}, trust_env=False)
    assert foreign.status_code == 400

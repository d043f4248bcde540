"""Builds that are broken on purpose, each with the test that catches it.

The list is always checked against the code; the broken builds are made and tested in the long run (LONG_FAULTS=1).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.settings import ROOT


@dataclass(frozen=True)
class Sabotage:
    """A change that breaks a promise, and the test that must fail then."""

    name: str
    file: str
    old: str
    new: str
    test: str
    needs_postgresql: bool = False


G, U, C, F = "tests/unit/gateway/", "tests/unit/support/", "tests/channels/", "tests/faults/"
CUT_OFF = "test_outages.py::test_customers_hear_of_it_and_nothing_is_lost_when_postgresql_is_cut_off"
SABOTAGES = [
    Sabotage("de-duplication off", "bot/gateway/inbox.py", "    if before:\n        return _again", "    if False:\n        return _again", G + "test_inbox.py::test_a_repeated_id_changes_nothing_when_it_comes_again"),
    Sabotage("slash guard off", "bot/gateway/inbox.py", "harmless = disarm(text)", "harmless = text", G + "test_inbox.py::test_no_intent_is_left_when_a_text_begins_with_a_slash"),
    Sabotage("cleaning off", "bot/gateway/texts.py", "    clean = cleaned(text)", "    clean = text", G + "test_inbox.py::test_a_message_is_in_inbox_and_transcript_once_it_is_accepted"),
    Sabotage("choices of others", "bot/gateway/choices.py", '.where(messages.c.conversation_id == bindparam("conversation"), messages.c.author', ".where(messages.c.author", G + "test_choices.py::test_a_choice_is_unknown_when_it_belongs_to_another_conversation"),
    Sabotage("choices taken twice", "bot/gateway/choices.py", " or _is_taken(session, conversation, row.choices)", "", G + "test_choices.py::test_a_choice_is_refused_when_it_was_taken"),
    Sabotage("payloads shown", "bot/gateway/transcript.py", '[{"id": choice["id"], "label": choice["label"]} for choice in row.choices]', "row.choices", G + "test_choices.py::test_payloads_stay_on_the_server_when_a_client_reads"),
    Sabotage("claims ignored", "bot/gateway/claims.py", '_FREE = or_(table.c.claimed_until.is_(None), table.c.claimed_until < bindparam("now"))', "_FREE = table.c.id.isnot(None)", G + "test_claims.py::test_nobody_else_gets_a_conversation_while_it_is_claimed"),
    Sabotage("order ignored", "bot/gateway/claims.py", "    .order_by(inbox.c.position)\n", "    .order_by(inbox.c.position.desc())\n", G + "test_claims.py::test_the_first_message_is_taken_when_several_wait"),
    Sabotage("late worker writes", "bot/gateway/settling.py", "if conversation.claimed_by != turn.claim or not _mark(", "if not _mark(", G + "test_settling.py::test_answers_are_dropped_when_another_worker_has_the_conversation"),
    Sabotage("apologies repeated", "bot/gateway/settling.py", 'state="new", apologised=False)', 'state="new")', G + "test_settling.py::test_the_customer_is_told_once_when_a_turn_fails_again_and_again"),
    Sabotage("bot speaks over people", "bot/gateway/settling.py", 'if conversation.holder != "human":', "if True:", G + "test_settling.py::test_the_bot_is_silent_when_a_person_has_taken_over_meanwhile"),
    Sabotage("empty answers accepted", "bot/gateway/assistant.py", "    if not messages:\n", "    if False:\n", G + "test_assistant.py::test_anything_else_is_a_failure"),
    Sabotage("tokens never expire", "bot/gateway/tokens.py", "if self._clock().timestamp() > last:", "if False:", G + "test_tokens.py::test_a_token_is_refused_when_its_days_are_over"),
    Sabotage("tokens never revoked", "bot/gateway/conversations.py", '_ONE.where(conversations.c.token_version == bindparam("version"))', "_ONE", C + "test_website_messages.py::test_a_conversation_that_was_ended_opens_no_more"),
    Sabotage("limits off", "bot/gateway/limits.py", "if len(times) >= self._most:", "if False:", G + "test_limits.py::test_one_too_many_is_refused_with_the_time_to_wait"),
    Sabotage("bodies of any size", "bot/gateway/security.py", "        if self._size > self._most_bytes:", "        if False:", C + "test_website_messages.py::test_a_body_of_unannounced_size_is_ended"),
    Sabotage("sockets for every site", "bot/channels/website/socket.py", "if not is_own_origin(", "if False and not is_own_origin(", C + "test_website_socket.py::test_a_browser_on_a_foreign_site_gets_no_line"),
    Sabotage("signatures not checked", "bot/channels/website/signing.py", "if not is_genuine or", "if", C + "test_signing.py::test_a_signature_is_refused_when_any_of_its_bits_is_flipped"),
    Sabotage("figures for everybody", "bot/gateway/metrics.py", "is_loopback(connection.client.host) and not is_forwarded", "True", C + "test_metrics.py::test_figures_are_not_found_when_somebody_else_asks_through_a_proxy"),
    Sabotage("acknowledged before the commit", "bot/gateway/together.py", "                results = [work(session) for _, work in jobs]\n", "                results = [work(session) for _, work in jobs]\n                for (future, _), result in zip(jobs, results, strict=True):\n                    future.set_result(result)\n                return True\n", G + "test_together.py::test_nothing_is_answered_before_its_commit"),
    Sabotage("floods not slowed", "bot/gateway/fairness.py", "place = max(self._next.get(key, 0.0), now - AT_ONCE)", "place = now - AT_ONCE", G + "test_fairness.py::test_what_comes_faster_than_its_pace_waits_in_a_row"),
    Sabotage("repeats written again", "bot/gateway/inbox.py", "    if before:\n        return _again", "    if False:\n        return _again", F + "test_deliveries.py::test_every_message_has_one_effect_however_often_it_comes"),
    Sabotage("a guard for plain slashes", "bot/language/slash.py", "while start < len(text) and _is_hiding(text[start]):", 'while text[start:].startswith("/"):', F + "test_slash.py::test_no_text_is_an_intent_behind_the_gateways_guard"),
    Sabotage("expired tokens open", "bot/gateway/tokens.py", "if self._clock().timestamp() > last:", "if False:", F + "test_strangers.py::test_foreign_tokens_open_nothing_and_look_alike"),
    Sabotage("foreign choices told apart", "bot/gateway/choices.py", "select(messages.c.choices).filter_by(conversation_id=conversation)", "select(messages.c.choices)", F + "test_strangers.py::test_foreign_choices_and_ids_look_like_unknown_ones"),
    Sabotage("signatures of any age", "bot/channels/website/signing.py", " or abs(now.timestamp() - int(time)) > GOOD_SECONDS", "", F + "test_strangers.py::test_forged_and_expired_signatures_sign_nobody_in"),
    Sabotage("unknown numbers cost no try", "bot/support/identity.py", "    ticket = ticket_of_number(session, number)\n", "    ticket = ticket_of_number(session, number)\n    if ticket is None:\n        return None\n", F + "test_foreign_tickets.py::test_foreign_tickets_and_unknown_numbers_answer_alike"),
    Sabotage("nobody told of late answers", "bot/gateway/turns.py", "self._tell_late(), ", "", F + "test_outages.py::test_customers_hear_of_it_and_are_answered_when_the_assistant_is_back[hanging]"),
    Sabotage("an outage looks like a mistake", "bot/gateway/database.py", "            if _is_outage(error):", "            if False:", F + CUT_OFF + "[refused]", needs_postgresql=True),
    Sabotage("the database waited for in silence", "bot/gateway/database.py", "await in_time(asyncio.wrap_future(running), self.patience)", "await asyncio.wrap_future(running)", F + CUT_OFF + "[silent]", needs_postgresql=True),
    Sabotage("workers that end with the database", "bot/gateway/crew.py", "        await asyncio.sleep(0.2)\n        return None", "        raise", F + CUT_OFF + "[refused]", needs_postgresql=True),
    Sabotage("delivery out of order", "bot/gateway/outbox.py", "before.c.seq < messages.c.seq", "before.c.seq < 0", G + "test_outbox.py::test_a_delivery_comes_again_after_the_channels_own_wish"),
    Sabotage("photos for everybody", "bot/support/photos.py", "photos.c.id == photo_id, photos.c.conversation_id == conversation_id", "photos.c.id == photo_id", C + "test_website_photos.py::test_another_conversations_photo_is_not_found_like_one_that_does_not_exist"),
    Sabotage("metadata left in photos", "bot/support/pictures.py", 'paper.save(written, "JPEG", quality=_QUALITY, optimize=True)', 'paper.save(written, "JPEG", quality=_QUALITY, optimize=True, exif=picture.getexif())', C + "test_website_photos.py::test_a_photo_is_kept_without_its_metadata_and_given_back_to_its_sender"),
    Sabotage("photos served as pages", "bot/channels/website/photos.py", "media_type=MEDIA_TYPE, headers=HEADERS", 'media_type="text/html", headers=HEADERS', C + "test_website_photos.py::test_a_photo_is_served_as_nothing_but_a_photo"),
    Sabotage("pixels without end", "bot/support/pictures.py", "if picture.width * picture.height > MOST_PIXELS:", "if False:", U + "test_pictures.py::test_a_picture_of_just_too_many_pixels_is_refused_before_it_is_unfolded"),
    Sabotage("photos doubled", "bot/gateway/photos.py", "if before := inbox.known_message(session, conversation, sent.external_id):", "if False:", C + "test_website_photos.py::test_a_photo_sent_again_has_no_second_effect"),
    Sabotage("photos outlive their person", "bot/support/personal.py", "photos.c.conversation_id.in_(subject.conversations) | photos.c.ticket_id.in_(subject.tickets)", "photos.c.id.is_(None)", U + "test_photos.py::test_photos_are_in_the_copy_of_ones_data_and_gone_after_an_erasure"),
]  # fmt: skip


@pytest.mark.parametrize("sabotage", SABOTAGES, ids=lambda sabotage: sabotage.name)
def test_the_list_fits_the_code(sabotage: Sabotage) -> None:
    assert (ROOT / sabotage.file).read_text("utf8").count(sabotage.old) == 1
    path, _, name = sabotage.test.partition("::")
    assert f"def {name.partition('[')[0]}(" in (ROOT / path).read_text("utf8")


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project that may be broken."""
    folder = tmp_path_factory.mktemp("sabotage")
    for name in ("bot", "tests", "data"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    for name in ("domain.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)
    return folder


@pytest.mark.skipif(not os.environ.get("LONG_FAULTS"), reason="only in the long run")
@pytest.mark.timeout(400)
@pytest.mark.parametrize("sabotage", SABOTAGES, ids=lambda sabotage: sabotage.name)
def test_a_broken_build_is_caught(request: pytest.FixtureRequest, build: Path, sabotage: Sabotage) -> None:
    if sabotage.needs_postgresql:
        request.getfixturevalue("postgresql_desk")  # skips where there is no server
    assert _passes_whole(build, sabotage), "the test must pass before the build is broken"
    whole = (build / sabotage.file).read_text("utf8")
    (build / sabotage.file).write_text(whole.replace(sabotage.old, sabotage.new), "utf8")
    try:
        assert not _passes(build, sabotage)
    finally:
        (build / sabotage.file).write_text(whole, "utf8")


_passed: set[str] = set()  # several builds are caught by the same test


def _passes_whole(build: Path, sabotage: Sabotage) -> bool:
    if sabotage.test not in _passed and _passes(build, sabotage):
        _passed.add(sabotage.test)
    return sabotage.test in _passed


def _passes(build: Path, sabotage: Sabotage) -> bool:
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", sabotage.test]
    if not sabotage.needs_postgresql:
        command += ["-k", "not postgresql"]
    environ = {name: value for name, value in os.environ.items() if name != "LONG_FAULTS"}  # the short run is enough
    environ["PYTHONDONTWRITEBYTECODE"] = "1"
    ended = subprocess.run(command, cwd=build, env=environ, capture_output=True, text=True, timeout=300)
    assert ended.returncode in (0, 1), ended.stdout[-2000:] + ended.stderr[-1000:]
    return ended.returncode == 0

"""Refusals: each has a code for programs, a status, and, where a customer may read it, a wording."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.support.pictures import MOST_BYTES, MOST_PIXELS, Fault


class Refused(Exception):
    """A request that is not carried out. `wording` names what the customer is told; `plain` is for developers."""

    def __init__(
        self,
        status: int,
        code: str,
        plain: str,
        *,
        wording: str | None = None,
        values: Mapping[str, Any] | None = None,
        retry_after: int | None = None,
        about: str | None = None,
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.plain = status, code, plain
        self.wording, self.values = wording, values or {}
        self.retry_after = retry_after
        self.about = about  # the customer's own text, from which an unknown language may be told


def malformed(plain: str) -> Refused:
    """Refuse a request of the wrong form."""
    return Refused(400, "malformed", plain)


def not_yours() -> Refused:
    """Refuse a token: missing, forged, expired, revoked and unknown look the same."""
    return Refused(401, "not_allowed", "a valid token is needed", wording="utter_gateway_not_allowed")


def not_signed() -> Refused:
    """Refuse a customer whom the site has not signed in, or not just now."""
    return Refused(403, "not_signed", "the customer's signature is not genuine or not recent")


def too_long(length: int, limit: int, text: str) -> Refused:
    """Refuse a text that is too long, saying how long it may be."""
    return Refused(
        422,
        "text_too_long",
        f"a text may have {limit} characters, not {length}",
        wording="utter_gateway_too_long",
        values={"limit": limit},
        about=text,
    )


def empty_text() -> Refused:
    """Refuse a text in which nothing can be read."""
    return Refused(422, "text_empty", "the text is empty", wording="utter_gateway_empty")


def unknown_choice() -> Refused:
    """Refuse a choice that was never offered in this conversation."""
    return Refused(404, "choice_unknown", "no such choice in this conversation", wording="utter_gateway_choice_closed")


def closed_choice() -> Refused:
    """Refuse a choice that was used already, or that the conversation has left behind."""
    return Refused(409, "choice_closed", "this choice is no longer open", wording="utter_gateway_choice_closed")


def reused_id() -> Refused:
    """Refuse a message under the id of another one."""
    return Refused(409, "id_reused", "this client_message_id belongs to a different message")


def too_many(retry_after: int) -> Refused:
    """Refuse what comes too often."""
    return Refused(
        429, "too_many", "too many requests", wording="utter_gateway_too_many", retry_after=max(1, retry_after)
    )


def away() -> Refused:
    """Refuse because the database cannot be reached: nothing was acknowledged, the client keeps it."""
    return Refused(503, "away", "try again soon", wording="utter_gateway_away", retry_after=2)


def broke() -> Refused:
    """Answer for a mistake of the gateway's own."""
    return Refused(500, "broke", "something went wrong here", wording="utter_gateway_away")


def not_found() -> Refused:
    """Refuse an address behind which there is nothing."""
    return Refused(404, "not_found", "not found")


def photo_too_large() -> Refused:
    """Refuse a photo of too many bytes or pixels."""
    limits = {"limit": MOST_BYTES // 2**20, "pixels": MOST_PIXELS // 10**6}
    plain = f"a photo may have {limits['limit']} MB and {limits['pixels']} million pixels"
    return Refused(413, "photo_too_large", plain, wording="utter_gateway_photo_too_large", values=limits)


def unusable_photo(fault: Fault) -> Refused:
    """Refuse a file that is no photo, or none that can be read."""
    if fault == "pixels":
        return photo_too_large()
    if fault == "broken":
        return Refused(422, "photo_broken", "the picture is damaged", wording="utter_gateway_photo_broken")
    wording = "utter_gateway_photo_heic" if fault == "heic" else "utter_gateway_photo_type"
    return Refused(415, f"photo_{fault}", "a photo must be a JPEG, PNG or WebP", wording=wording)


def too_many_photos(limit: int) -> Refused:
    """Refuse a photo when there are as many as one repair may have."""
    plain = f"a ticket may have {limit} photos"
    return Refused(409, "photos_full", plain, wording="utter_gateway_photos_full", values={"limit": limit})

"""What comes as a photo, made harmless: told by its content, bounded, turned upright, and drawn anew without metadata."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Literal

from PIL import Image, UnidentifiedImageError

MOST_BYTES = 8 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 2_048  # of what is kept: an engineer reads a type plate on it
MEDIA_TYPE = "image/jpeg"
_QUALITY = 85
_FORMATS = ("JPEG", "PNG", "WEBP")  # each decoder more is one more that a stranger may feed
_MOST_SCANS = 100  # of a progressive JPEG: thousands of tiny ones fit into a small file and take minutes to decode
_SCAN = b"\xff\xda"
_PHONE_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif")
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

Fault = Literal["type", "heic", "broken", "pixels"]


class Unusable(ValueError):
    """Something that is not kept as a photo; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Fault = fault


@dataclass(frozen=True)
class Picture:
    """A photo as it is kept: a JPEG of our own making."""

    content: bytes
    width: int
    height: int


def read_picture(raw: bytes) -> Picture:
    """Read a JPEG, PNG or WebP and draw it anew, upright and without metadata. Raises Unusable.

    The first picture counts where there are several. It takes up to a second or two: call it in a thread.
    """
    try:
        picture = Image.open(io.BytesIO(_of_bounded_work(raw)), formats=_FORMATS)
        if picture.width * picture.height > MOST_PIXELS:
            raise Unusable("pixels")
        return _drawn_anew(picture)
    except Unusable:
        raise
    except UnidentifiedImageError:
        raise Unusable("heic" if raw[4:8] == b"ftyp" and raw[8:12] in _PHONE_BRANDS else "type") from None
    except Image.DecompressionBombError:
        raise Unusable("pixels") from None
    except Exception:  # noqa: BLE001  whatever a decoder stumbles over is a broken picture
        raise Unusable("broken") from None


def _of_bounded_work(raw: bytes) -> bytes:
    """Give what may be opened: opening a WebP makes room for its canvas, and scans cost time whatever their size."""
    if raw[:4] == b"RIFF" and raw[12:16] == b"VP8X":
        width, height = (1 + int.from_bytes(raw[place : place + 3], "little") for place in (24, 27))
        if width * height > MOST_PIXELS:
            raise Unusable("pixels")
    if raw[:2] == b"\xff\xd8" and raw.count(_SCAN) > _MOST_SCANS:
        raise Unusable("pixels")
    return raw


def _drawn_anew(picture: Image.Image) -> Picture:
    turn = _TURNS.get(_orientation(picture))
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded no larger than it is needed
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
    if turn is not None:
        picture = picture.transpose(turn)
    if picture.has_transparency_data:
        picture = picture.convert("RGBA")
    paper = Image.new("RGB", picture.size, "white")  # what stands beside the pixels stays behind
    paper.paste(picture, mask=picture if picture.mode == "RGBA" else None)
    written = io.BytesIO()
    paper.save(written, "JPEG", quality=_QUALITY, optimize=True)
    return Picture(written.getvalue(), *paper.size)


def _orientation(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001  metadata that cannot be read turn nothing
        return 1

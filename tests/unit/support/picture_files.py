"""Files as customers send them, good and bad, made where they are needed."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from PIL import Image

PLACE = b"22 deg 16' 43\" N"
GPS, MAKER, ORIENTATION = 0x8825, 0x010F, 0x0112


def file_of(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """Write a picture as a file."""
    written = io.BytesIO()
    picture.save(written, kind, **options)
    return written.getvalue()


def photo(kind: str = "JPEG", size: tuple[int, int] = (300, 200), **options: Any) -> bytes:
    """A picture that is red on its left half and blue on its right."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    return file_of(picture, kind, **options)


def told_photo(kind: str = "JPEG", orientation: int = 1, **options: Any) -> bytes:
    """A photo whose metadata say where, with what and which way up it was taken."""
    exif = Image.Exif()
    exif[MAKER], exif[ORIENTATION] = "Zed's phone", orientation
    exif[GPS] = {1: "N", 2: (22.0, 16.0, 43.0), 29: PLACE.decode()}
    return photo(kind, exif=exif, **options)


def bomb(width: int, height: int) -> bytes:
    """A small PNG that unfolds into very many pixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


def canvas(width: int, height: int) -> bytes:
    """A WebP that announces a canvas of any size."""
    sizes = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\x00\x00\x00\x00" + sizes
    return b"RIFF" + struct.pack("<I", len(body)) + body

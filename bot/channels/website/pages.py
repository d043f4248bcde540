"""The demo page and the widget's files, served from memory with an ETag and compressed."""

from __future__ import annotations

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from bot.gateway import refusals

HERE = Path(__file__).parent
_PACKED = ("text/", "application/javascript", "application/json", "image/svg")


@dataclass(frozen=True)
class Asset:
    """A file as it is sent."""

    media_type: str
    plain: bytes
    packed: bytes | None
    etag: str


async def demo_page(request: Request) -> Response:
    """GET /"""
    return _answer(request, HERE / "pages" / "index.html")


async def page_file(request: Request) -> Response:
    """GET /pages/NAME"""
    return _answer(request, _inside(HERE / "pages", request.path_params["name"]))


async def widget_file(request: Request) -> Response:
    """GET /widget.js and /widget/NAME: open to every site that embeds the widget."""
    name = request.path_params.get("name", "widget.js")
    response = _answer(request, _inside(HERE / "static", name))
    response.headers["cross-origin-resource-policy"] = "cross-origin"
    return response


def _inside(folder: Path, name: str) -> Path:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise refusals.not_found()
    return path


def _answer(request: Request, path: Path) -> Response:
    asset = load(path, path.stat().st_mtime_ns)
    headers = {"etag": asset.etag, "cache-control": "no-cache", "vary": "accept-encoding"}
    if request.headers.get("if-none-match") == asset.etag:
        return Response(status_code=304, headers=headers)
    if asset.packed and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(asset.packed, media_type=asset.media_type, headers={**headers, "content-encoding": "gzip"})
    return Response(asset.plain, media_type=asset.media_type, headers=headers)


@lru_cache(maxsize=64)
def load(path: Path, changed: int) -> Asset:
    """Read a file; `changed` is its time of change, so that an edited file is read again."""
    plain = path.read_bytes()
    media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    packed = gzip.compress(plain, mtime=0) if media_type.startswith(_PACKED) else None
    return Asset(media_type, plain, packed, f'"{hashlib.sha256(plain).hexdigest()[:24]}"')

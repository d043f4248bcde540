"""Every answer of the website's interface is held against its OpenAPI document."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

import httpx
from jsonschema import Draft202012Validator
from jsonschema.validators import RefResolver

from bot.settings import ROOT

PATH = ROOT / "bot" / "channels" / "website" / "openapi.json"


@lru_cache
def document() -> dict[str, Any]:
    """Read the document."""
    read: dict[str, Any] = json.loads(PATH.read_text("utf8"))
    return read


def resolved(node: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference, if it is one."""
    if "$ref" not in node:
        return node
    found: Any = document()
    for part in node["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return resolved(found)


def validate(body: Any, schema: dict[str, Any]) -> None:
    """Hold a body against a schema of the document; raises jsonschema's ValidationError."""
    Draft202012Validator(schema, resolver=RefResolver("", document())).validate(body)


def conforms(response: httpx.Response) -> None:
    """Fail for an answer that the document doesn't describe."""
    operations = document()["paths"].get(response.request.url.path)
    if operations is None:
        return
    described = operations[response.request.method.lower()]["responses"]
    assert str(response.status_code) in described, (
        f"{response.request.method} {response.request.url.path} gave {response.status_code}"
    )
    answer = resolved(described[str(response.status_code)])
    for header in answer.get("headers", {}):
        assert header in response.headers
    response.read()
    if "content" in answer:
        assert response.headers["content-type"] == "application/json"
        if schema := answer["content"]["application/json"].get("schema"):
            validate(response.json(), schema)

"""The document says what the application does; every test of the interface holds the answers against it, too."""

from __future__ import annotations

import httpx
import pytest
from conforming import document, resolved, validate
from jsonschema import Draft202012Validator, ValidationError
from starlette.routing import Route, WebSocketRoute

from bot.channels.website.routes import website_routes
from bot.gateway.app import OWN_ROUTES

PAGES = ("/", "/pages/{name}", "/widget.js", "/widget/{name:path}")


def test_the_document_names_every_route_and_no_other() -> None:
    served = set()
    for route in [*OWN_ROUTES, *website_routes()]:
        if isinstance(route, WebSocketRoute):
            served.add((route.path, "get"))
        elif isinstance(route, Route) and route.path not in PAGES:
            served |= {(route.path, method.lower()) for method in (route.methods or set()) - {"HEAD"}}
    described = {(path, method) for path, operations in document()["paths"].items() for method in operations}
    assert served == described


def test_every_schema_of_the_document_is_one_and_every_reference_leads_somewhere() -> None:
    for schema in document()["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)

    def walk(node) -> int:
        if isinstance(node, dict):
            return bool("$ref" in node and resolved(node)) + sum(walk(value) for value in node.values())
        return sum(walk(value) for value in node) if isinstance(node, list) else 0

    assert walk(document()) > 20


@pytest.mark.parametrize(
    ("body", "is_good"),
    [
        ({"client_message_id": "1", "text": "hi"}, True),
        ({"client_message_id": "1", "choice": "c"}, True),
        ({"client_message_id": "1"}, False),
        ({"client_message_id": "1", "text": "hi", "choice": "c"}, False),
        ({"client_message_id": "", "text": "hi"}, False),
        ({"client_message_id": "é", "text": "hi"}, False),
        ({"client_message_id": 1, "text": "hi"}, False),
        ({"client_message_id": "1", "text": 7}, False),
        ({"text": "hi"}, False),
    ],
)
def test_the_document_and_the_application_take_the_same_messages(visitor, body, is_good) -> None:
    try:
        validate(body, document()["components"]["schemas"]["Sent"])
        is_valid = True
    except ValidationError:
        is_valid = False
    assert is_valid is is_good
    assert (visitor.http.post("/api/website/messages", json=body).status_code != 400) is is_good


def test_the_document_is_served_as_it_is_kept(site) -> None:
    response = httpx.get(f"{site}/api/openapi.json", trust_env=False)
    assert response.json() == document()

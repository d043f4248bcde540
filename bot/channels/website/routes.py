"""Where everything of the website is found."""

from __future__ import annotations

from starlette.routing import BaseRoute, Route, WebSocketRoute

from bot.channels.website import api, pages, photos
from bot.channels.website.socket import socket


def website_routes() -> list[BaseRoute]:
    """Give the website's routes."""
    return [
        Route("/", pages.demo_page),
        Route("/pages/{name}", pages.page_file),
        Route("/widget.js", pages.widget_file),
        Route("/widget/{name:path}", pages.widget_file),
        Route("/api/openapi.json", api.openapi),
        Route("/api/website/conversations", api.open_conversation, methods=["POST"]),
        Route("/api/website/conversations", api.end_conversation, methods=["DELETE"]),
        Route("/api/website/messages", api.send_message, methods=["POST"]),
        Route("/api/website/messages", api.read_messages, methods=["GET"]),
        Route("/api/website/photos", photos.send_photo, methods=["POST"]),
        Route("/api/website/photos/{photo}", photos.read_photo, methods=["GET"]),
        WebSocketRoute("/api/website/socket", socket),
    ]

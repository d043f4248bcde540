"""Run the action server on this machine only: `python -m actions`."""

from __future__ import annotations

import os
import sys
from urllib.parse import urlsplit


def main() -> int:
    """Check the schema, then serve until stopped."""
    from actions.desk import database
    from bot.logs import start_logging
    from bot.settings import read_settings
    from bot.storage.schema import SchemaMismatch, check_schema

    settings = read_settings()
    start_logging(settings.log_level)
    try:
        check_schema(database())
    except SchemaMismatch as error:
        print(error, file=sys.stderr)
        return 3
    address = urlsplit(settings.actions_url)
    os.environ["SANIC_HOST"] = address.hostname or "127.0.0.1"
    from rasa_sdk.endpoint import run

    run("actions", port=address.port or 5055, cors_origins=[])
    return 0


if __name__ == "__main__":
    sys.exit(main())

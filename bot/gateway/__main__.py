"""Run the gateway: `python -m bot.gateway`."""

from __future__ import annotations

import sys

from sqlalchemy.exc import SQLAlchemyError

from bot.channels.website.routes import website_routes
from bot.gateway.app import build
from bot.gateway.logs import log
from bot.gateway.notices import Notices, identified
from bot.gateway.parts import assemble
from bot.gateway.serving import Server, server_config
from bot.language.choices import match
from bot.language.wording import Wording
from bot.logs import start_logging
from bot.settings import ROOT, BadSetting, Settings, read_settings
from bot.storage.schema import SchemaMismatch, check_schema
from bot.storage.sessions import open_engine

BAD_SETTING, WRONG_SCHEMA, NO_DATABASE = 2, 3, 4


def main() -> int:
    """Read the settings, check the schema, serve until told to stop."""
    try:
        settings = read_settings()
    except BadSetting as error:
        print(error, file=sys.stderr)
        return BAD_SETTING
    start_logging(settings.log_level)
    if failed := _check(settings.database_url):
        return failed
    serve(settings)
    return 0


def serve(settings: Settings) -> None:
    """Serve requests until the process is told to stop."""
    wording = Wording.load(ROOT / "domain.yml", ROOT / "data" / "terms.yml")
    gateway = assemble(settings, notices=Notices(wording, identified), match=match)
    log("starting", address=settings.gateway_url)
    Server(server_config(build(gateway, website_routes()), settings), gateway.bells.close).run()


def _check(database_url: str) -> int:
    engine = open_engine(database_url)
    try:
        check_schema(engine)
    except SchemaMismatch as error:
        print(error, file=sys.stderr)
        return WRONG_SCHEMA
    except SQLAlchemyError as error:
        print(f"the database cannot be opened: {type(error).__name__}", file=sys.stderr)
        return NO_DATABASE
    finally:
        engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The schema's version: brought up to date by `make setup`, checked by every process that starts."""

from __future__ import annotations

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Engine

from bot.storage.sessions import open_engine

MIGRATIONS = Path(__file__).parent / "migrations"
UPGRADE = "python -m bot.storage.schema"


class SchemaMismatch(RuntimeError):
    """The database's schema is not the one this code was written for."""


def upgrade(engine: Engine) -> str:
    """Bring the schema to the newest revision and give its name; safe to repeat."""
    config = _config()
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.commit()
    return newest_revision()


def newest_revision() -> str:
    """Name the revision this code was written for."""
    return str(ScriptDirectory.from_config(_config()).get_current_head())


def check_schema(engine: Engine) -> None:
    """Raise SchemaMismatch, which says what to run, unless the database has exactly this code's schema."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    wanted = newest_revision()
    if found == wanted:
        return
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found is None or found in known:
        raise SchemaMismatch(f"the database's schema is {found or 'empty'}, this code needs {wanted}: run `{UPGRADE}`")
    raise SchemaMismatch(f"the database's schema {found} is newer than this code ({wanted}): install the newer release")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def main() -> int:
    """Upgrade the database that the settings name."""
    from bot.settings import read_settings

    print(f"schema is at {upgrade(open_engine(read_settings().database_url))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

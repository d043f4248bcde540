import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.storage.columns import metadata
from bot.storage.schema import SchemaMismatch, check_schema, newest_revision, upgrade
from bot.storage.sessions import open_engine


def test_the_migrations_make_exactly_the_tables_of_the_code(engine: Engine):
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_upgrading_twice_changes_nothing(engine: Engine):
    assert upgrade(engine) == newest_revision()
    check_schema(engine)


def test_an_empty_database_is_refused_with_what_to_run(tmp_path: Path):
    with pytest.raises(SchemaMismatch, match="python -m bot.storage.schema"):
        check_schema(open_engine(f"sqlite:///{tmp_path / 'empty.sqlite3'}"))


def test_an_older_schema_is_refused_with_what_to_run(engine: Engine):
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    with pytest.raises(SchemaMismatch, match="python -m bot.storage.schema"):
        check_schema(engine)


def test_a_newer_schema_is_refused(engine: Engine):
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaMismatch, match="newer than this code"):
        check_schema(engine)


@pytest.mark.parametrize("process", ["actions", "bot.gateway"])
def test_a_process_refuses_to_start_on_another_schema(database_url: str, process: str):
    with open_engine(database_url).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    environment = {
        **os.environ,
        "DATABASE_URL": database_url,
        "GATEWAY_PORT": "18099",
        "ACTIONS_URL": "http://127.0.0.1:18098",
    }
    done = subprocess.run([sys.executable, "-m", process], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 3
    assert "python -m bot.storage.schema" in done.stderr

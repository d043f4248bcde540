import threading

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError

from bot.storage.records import products
from bot.storage.sessions import open_engine, session_scope

FAN = {"model": "FS-40R", "product": "fan", "warranty_months": 12}


def test_a_clean_exit_commits_and_an_error_undoes(engine: Engine):
    with session_scope(engine) as session:
        session.execute(products.insert().values(**FAN))
    with pytest.raises(RuntimeError, match="on the way"):
        _write_and_fail(engine)
    with session_scope(engine) as session:
        assert session.execute(select(products.c.model)).scalars().all() == ["FS-40R"]


def _write_and_fail(engine: Engine) -> None:
    with session_scope(engine) as session:
        session.execute(products.insert().values(**{**FAN, "model": "FS-41R"}))
        raise RuntimeError("on the way")


def test_writers_that_read_first_wait_for_each_other(engine: Engine):
    """Eight threads count up one number; with deferred transactions SQLite would refuse some of them."""
    with session_scope(engine) as session:
        session.execute(products.insert().values(**{**FAN, "warranty_months": 0}))

    def count_up() -> None:
        for _ in range(10):
            with session_scope(engine) as session:
                query = select(products.c.warranty_months).with_for_update()
                now = session.execute(query).scalar_one()
                session.execute(products.update().values(warranty_months=now + 1))

    threads = [threading.Thread(target=count_up) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with session_scope(engine) as session:
        assert session.execute(select(func.max(products.c.warranty_months))).scalar_one() == 80


def test_sqlite_keeps_what_was_acknowledged_through_a_power_cut(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'desk.sqlite3'}")
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 2
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1


def test_what_customers_wrote_does_not_appear_in_a_database_error(engine: Engine):
    with pytest.raises(IntegrityError) as refused, session_scope(engine) as session:
        session.execute(products.insert().values(model="secret words", product=None, warranty_months=1))
    assert "secret words" not in str(refused.value).split("DETAIL")[0]

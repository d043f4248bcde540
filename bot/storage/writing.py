"""Writing once: the same message handled twice writes one row."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session


def insert_once(session: Session, table: Table, **values: Any) -> bool:
    """Write a row unless one with the same key is there; tell whether this call wrote it.

    One statement: of two writers at the same time exactly one is told True.
    """
    insert = (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert(table)
    return bool(session.execute(insert.values(**values).on_conflict_do_nothing()).rowcount)

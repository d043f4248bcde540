"""Load products, sold units, orders, prices and parts from CSV files: `python -m bot.storage.load FILE …`.

What a file holds is told by its header. Bad rows are refused with their line numbers and the others are loaded;
loading a file again changes what has changed and doubles nothing.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import phonenumbers
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from tqdm import tqdm

from bot.storage.care import parts, price_list
from bot.storage.records import orders, products, units
from bot.storage.sessions import open_engine, session_scope

ORDER_STATES = ("placed", "packed", "shipped", "delivered", "returned")
_BATCH = 500


class BadFile(ValueError):
    """A file that cannot be read as any of the known kinds."""


@dataclass(frozen=True)
class Loaded:
    """What became of a file: rows written, and the refused ones by line number."""

    rows: int
    refused: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Kind:
    """One kind of file: its table, and how each column is read."""

    table: Table
    columns: Mapping[str, Callable[[str], Any]]
    check: Callable[[Mapping[str, Any]], None] = lambda row: None  # of columns together; raises ValueError


def _text(value: str) -> str:
    if not value:
        raise ValueError("is empty")
    return value


def _code(*allowed: str) -> Callable[[str], str]:
    def read(value: str) -> str:
        if value not in allowed:
            raise ValueError(f"{value!r} is none of {', '.join(allowed)}")
        return value

    return read


def _months(value: str) -> int:
    if not value.isdecimal() or int(value) > 240:
        raise ValueError(f"{value!r} is no number of months")
    return int(value)


def _amount(value: str) -> int:
    if not (value.isascii() and value.isdecimal()) or len(value) > 7:
        raise ValueError(f"{value!r} is no whole number from 0")
    return int(value)


def _in_order(row: Mapping[str, Any]) -> None:
    if row["price_from"] > row["price_to"]:
        raise ValueError(f"price_from {row['price_from']} is above price_to {row['price_to']}")


def _phone(value: str) -> str:
    try:
        number = phonenumbers.parse(value, "HK")
    except phonenumbers.NumberParseException:
        raise ValueError("is no phone number") from None
    if not phonenumbers.is_valid_number(number):
        raise ValueError("is no phone number")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _optional(read: Callable[[str], Any]) -> Callable[[str], Any]:
    return lambda value: read(value) if value else None


KINDS = (
    Kind(products, {"model": _text, "product": _text, "warranty_months": _months}),
    Kind(
        units,
        {
            "serial_number": _text,
            "model": _text,
            "purchased_on": date.fromisoformat,
            "warranty_until": date.fromisoformat,
            "phone": _optional(_phone),
        },
    ),
    Kind(
        orders,
        {
            "number": _text,
            "phone": _phone,
            "model": _text,
            "status": _code(*ORDER_STATES),
            "placed_on": date.fromisoformat,
            "expected_on": _optional(date.fromisoformat),
        },
    ),
    Kind(
        price_list,
        {"product": _text, "service": _text, "price_from": _amount, "price_to": _amount},
        _in_order,
    ),
    Kind(
        parts,
        {
            "number": _text,
            "product": _text,
            "model": _optional(_text),
            "kind": _text,
            "name_en": _text,
            "name_zh": _text,
            "name_yue": _text,
            "price": _amount,
            "in_stock": _amount,
        },
    ),
)


def load_file(engine: Engine, path: Path, show: bool = False) -> Loaded:
    """Load one CSV file (UTF-8, with a header), showing progress on stderr when asked. Raises BadFile."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise BadFile(f"{path.name} is not UTF-8") from None
    reader = csv.DictReader(lines)
    kind = _kind_of(path, reader.fieldnames or ())
    refused: list[tuple[int, str]] = []
    written = 0
    rows = tqdm(_good_rows(kind, reader, refused), total=len(lines) - 1, desc=path.name, disable=not show, unit="row")
    batch: list[tuple[int, dict[str, Any]]] = []
    for row in rows:
        batch.append(row)
        if len(batch) == _BATCH:
            written += _write(engine, kind.table, batch, refused)
            batch = []
    written += _write(engine, kind.table, batch, refused)
    return Loaded(written, tuple(sorted(refused)))


def _kind_of(path: Path, header: Sequence[str]) -> Kind:
    for kind in KINDS:
        if set(header) == set(kind.columns):
            return kind
    known = "; ".join(",".join(kind.columns) for kind in KINDS)
    raise BadFile(f"{path.name} has the columns {','.join(header) or '(none)'}; known are: {known}")


def _good_rows(
    kind: Kind, reader: csv.DictReader[str], refused: list[tuple[int, str]]
) -> Iterator[tuple[int, dict[str, Any]]]:
    for row in reader:
        values: dict[str, Any] = {}
        try:
            for column, read in kind.columns.items():
                values[column] = _read(column, read, row.get(column))
            kind.check(values)
        except ValueError as error:
            refused.append((reader.line_num, str(error)))
        else:
            yield reader.line_num, values


def _read(column: str, read: Callable[[str], Any], value: str | None) -> Any:
    if value is None:
        raise ValueError(f"{column} is missing")
    try:
        return read(value.strip())
    except ValueError as error:
        raise ValueError(f"{column} {error}") from None


def _write(
    engine: Engine, table: Table, batch: list[tuple[int, dict[str, Any]]], refused: list[tuple[int, str]]
) -> int:
    """Write a batch at once; where one row breaks it, row by row, so that only that row is refused."""
    if not batch:
        return 0
    try:
        with session_scope(engine) as session:
            _upsert(session, table, [row for _, row in batch])
        return len(batch)
    except IntegrityError:
        if len(batch) == 1:
            refused.append((batch[0][0], "names something that is not there (load products first)"))
            return 0
        return sum(_write(engine, table, [row], refused) for row in batch)


def _upsert(session: Session, table: Table, rows: list[dict[str, Any]]) -> None:
    insert = (postgresql if session.get_bind().dialect.name == "postgresql" else sqlite).insert(table)
    key = [column.name for column in table.primary_key]
    others = {column.name: insert.excluded[column.name] for column in table.columns if column.name not in key}
    for row in rows:  # one statement a row: the same key twice in a batch would be an error
        session.execute(insert.values(**row).on_conflict_do_update(index_elements=key, set_=others))


def main(arguments: Sequence[str]) -> int:
    """Load the named files; 0 when every row was loaded, 1 when some were refused, 2 for a file that is none of ours."""
    from bot.settings import read_settings

    if not arguments:
        print(__doc__, file=sys.stderr)
        return 2
    engine = open_engine(read_settings().database_url)
    failed = 0
    for name in arguments:
        try:
            loaded = load_file(engine, Path(name), show=True)
        except (BadFile, OSError) as error:
            print(error, file=sys.stderr)
            return 2
        for line, why in loaded.refused:
            print(f"{name}:{line}: refused: {why}", file=sys.stderr)
        print(f"{name}: {loaded.rows} rows loaded, {len(loaded.refused)} refused")
        failed += len(loaded.refused)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

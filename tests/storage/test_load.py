from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.engine import Engine

from bot.storage.care import parts, price_list
from bot.storage.load import BadFile, load_file
from bot.storage.records import orders, products, units
from bot.storage.sessions import session_scope

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo"


_FILES = (
    ("products.csv", products),
    ("units.csv", units),
    ("orders.csv", orders),
    ("prices.csv", price_list),
    ("parts.csv", parts),
)


def _count(engine: Engine, table) -> int:
    with session_scope(engine) as session:
        return session.execute(select(func.count()).select_from(table)).scalar_one()


def test_the_demo_data_loads_and_loading_again_doubles_nothing(engine: Engine):
    for _ in range(2):
        for name, table in _FILES:
            loaded = load_file(engine, DEMO / name)
            assert loaded.refused == ()
            assert loaded.rows == _count(engine, table) > 10


def test_bad_rows_are_refused_with_their_lines_and_the_others_loaded(engine: Engine, tmp_path: Path):
    load_file(engine, DEMO / "products.csv")
    file = tmp_path / "units.csv"
    file.write_text(
        "serial_number,model,purchased_on,warranty_until,phone\n"
        "SN1,WX-9000,2026-01-02,2028-01-02,9123 4567\n"
        ",WX-9000,2026-01-02,2028-01-02,\n"
        "SN3,WX-9000,2026-02-30,2028-01-02,\n"
        "SN4,NO-SUCH,2026-01-02,2028-01-02,\n"
        "SN5,WX-9000,2026-01-02,2028-01-02,12\n"
        "SN6,WX-9000\n"
        "SN7,WX-9000,2026-01-02,2028-01-02,\n",
        "utf8",
    )
    loaded = load_file(engine, file)
    assert loaded.rows == 2
    assert [line for line, _ in loaded.refused] == [3, 4, 5, 6, 7]
    assert "serial_number is empty" in loaded.refused[0][1]
    with session_scope(engine) as session:
        assert (
            session.execute(select(units.c.phone).where(units.c.serial_number == "SN1")).scalar_one() == "+85291234567"
        )


def test_prices_that_cannot_be_are_refused_with_their_lines(engine: Engine, tmp_path: Path):
    file = tmp_path / "prices.csv"
    file.write_text(
        "product,service,price_from,price_to\n"
        "fan,repair,120,300\n"
        "fan,noisy,300,120\n"
        "fan,leaking,-5,120\n"
        "fan,slow,1.5,120\n"
        "fan,,1,2\n",
        "utf8",
    )
    loaded = load_file(engine, file)
    assert loaded.rows == 1
    assert [line for line, _ in loaded.refused] == [3, 4, 5, 6]
    assert "price_from 300 is above price_to 120" in loaded.refused[0][1]


def test_a_changed_row_is_changed_when_loaded_again(engine: Engine, tmp_path: Path):
    file = tmp_path / "products.csv"
    for months in (12, 24):
        file.write_text(f"model,product,warranty_months\nFS-40R,fan,{months}\n", "utf8")
        load_file(engine, file)
    with session_scope(engine) as session:
        assert session.execute(select(products.c.warranty_months)).scalar_one() == 24


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"", b"\xff\xfe\x00"])
def test_a_file_of_no_known_kind_is_refused(engine: Engine, tmp_path: Path, content: bytes):
    file = tmp_path / "odd.csv"
    file.write_bytes(content)
    with pytest.raises(BadFile):
        load_file(engine, file)

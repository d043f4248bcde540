from pathlib import Path

import pytest
from sqlalchemy.engine import Engine

from bot.storage.load import load_file
from bot.storage.sessions import session_scope
from bot.support.company import the_company
from bot.support.parts import find_parts
from bot.support.prices import Price, price_of

DEMO = Path(__file__).resolve().parents[3] / "data" / "demo"


@pytest.fixture
def desk(engine: Engine) -> Engine:
    for name in ("products.csv", "prices.csv", "parts.csv"):
        assert load_file(engine, DEMO / name).refused == ()
    return engine


@pytest.mark.parametrize(
    ("product", "service", "price"),
    [
        ("washing_machine", "leaking", Price("leaking", 350, 750)),
        ("washing_machine", "noisy", Price("repair", 350, 1200)),  # a fault without a price of its own
        ("fan", "visit", Price("visit", 150, 150)),
        ("toaster", "visit", Price("visit", 250, 250)),  # not in the list
        (None, "repair", Price("repair", 300, 900)),
        ("fan", "installation", None),
    ],
)
def test_a_service_costs_what_the_list_says_or_the_company(desk: Engine, product, service, price):
    with session_scope(desk) as session:
        assert price_of(session, the_company(), product, service) == price


def test_parts_are_found_by_model_product_and_kind_those_in_stock_first(desk: Engine):
    with session_scope(desk) as session:
        by_model = find_parts(session, model="kfr 35gw")
        by_product = find_parts(session, product="refrigerator")
        seals = find_parts(session, product="refrigerator", kind="door_seal")
        nothing = (*find_parts(session), *find_parts(session, model="NO-SUCH"), *find_parts(session, product="toaster"))
    assert [part.number for part in by_model] == ["AC-FLT-35", "AC-RMT"]
    assert [part.in_stock > 0 for part in by_product] == [True, True, False]
    assert [part.number for part in seals] == ["RF-SEAL-452"]
    assert nothing == ()

"""Which rules a form of which name follows."""

from __future__ import annotations

from functools import lru_cache

from actions.forms.rules import FormRules


@lru_cache(maxsize=1)
def _catalogue() -> dict[str, FormRules]:
    from actions.forms.callback import CallbackForm
    from actions.forms.complaint import ComplaintForm, SettledForm
    from actions.forms.feedback import FeedbackForm
    from actions.forms.my_data import MyDataForm
    from actions.forms.order import OrderForm
    from actions.forms.repair import RepairForm
    from actions.forms.ticket import TicketForm
    from actions.forms.visit import CancelTicketForm, VisitForm
    from actions.forms.warranty import WarrantyForm

    all_rules = (
        RepairForm(),
        TicketForm(),
        OrderForm(),
        WarrantyForm(),
        CallbackForm(),
        VisitForm(),
        CancelTicketForm(),
        MyDataForm(),
        ComplaintForm(),
        SettledForm(),
    )
    return {rules.name: rules for rules in (*all_rules, FeedbackForm())}


def rules_of(name: str) -> FormRules:
    """Give the rules of the form of that name."""
    return _catalogue()[name]

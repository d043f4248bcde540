"""The ticket form: which repair is meant, and that it is the customer's own; then what was wanted of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from actions.forms.proof import ProofForm, canonical_ticket, entities_of
from actions.forms.repair import RepairForm
from actions.forms.ticket_acts import ADD, CANCEL, RESCHEDULE, RETURNED, STATUS, URGE, act, without_number
from actions.forms.words import has_none, presses
from actions.talk import Answer, Form, Message, Say
from bot.support.identity import prove_ticket, proven_tickets
from bot.support.ticket_service import merged_into
from bot.support.ticket_states import CLOSED, RESOLVED
from bot.support.tickets import Ticket, find_ticket, open_tickets

_SURE = 0.5
_MOST_SHOWN = 3
_WANTED = {
    "check_ticket": STATUS,
    "add_to_ticket": ADD,
    "reschedule_visit": RESCHEDULE,
    "cancel_ticket": CANCEL,
    "fault_returned": RETURNED,
}


def wanted_of(message: Message) -> str | None:
    """Name what a message wants of a repair; None when it wants nothing of one."""
    wanted = _WANTED.get(message.label)
    return URGE if wanted == STATUS and presses(message) else wanted


class TicketForm(ProofForm):
    """Takes the conversation's own or proven tickets; for any other asks for its number and proof."""

    name = "ticket"
    own_labels = frozenset(_WANTED)
    number_entity: ClassVar[str] = "ticket_number"
    entities = entities_of("ticket_number")
    ask_number = "utter_ask_number"
    not_found = "utter_no_such_ticket"

    def canonical(self, written: str) -> str | None:
        """Give the ticket number in its canonical form, if its check character fits."""
        return canonical_ticket(written)

    def read(self, session: Session, form: Form, message: Message) -> dict[str, Any]:
        """Take number and proof, and at the beginning whatever else what is wanted will need."""
        told = super().read(session, form, message)
        product = message.find("product")
        if product and product.value:
            told["product"] = product.value
        if form.asking is None:
            if "number" not in told or form.details["wanted"] == ADD:
                told.pop("last_four", None)  # four digits may be anything as long as nobody has asked
            words = form.details.get("words", message.text)
            return {**told, "words": words, "repair": RepairForm().read(session, form, message)}
        if "number" not in told and self.is_answered_by_none(form, message):
            return {"number": None, "without_number": True}
        wanted = wanted_of(message)
        if not told and wanted and wanted != form.details["wanted"] and message.confidence >= _SURE:
            return {"wanted": wanted, "words": message.text, "repair": RepairForm().read(session, form, message)}
        return told

    def is_answered_by_none(self, form: Form, message: Message) -> bool:
        """Tell whether the customer has no number at hand."""
        return form.asking == "number" and (message.label == "deny" or has_none(message))

    def on_told(
        self, session: Session, form: Form, message: Message, told: Mapping[str, Any]
    ) -> tuple[Form, tuple[Say, ...]]:
        """Find the ticket among those that the conversation may speak about."""
        known = _known(session, message)
        number, product, wanted = (form.details.get(name) for name in ("number", "product", "wanted"))
        if number:
            found = [ticket for ticket in known if ticket.number == number]
            return (form.told(tickets=[found[0].id]) if found else form), ()
        meant = _fitting(str(wanted), known)
        if product:
            meant = [ticket for ticket in meant if ticket.product == product] or (meant if wanted == ADD else [])
        if len(meant) == 1 or wanted == STATUS:
            return (form.told(tickets=[ticket.id for ticket in meant[:_MOST_SHOWN]]) if meant else form), ()
        return form.told(several=[{"number": ticket.number, "product": ticket.product} for ticket in meant]), ()

    def next_question(self, form: Form) -> str | None:
        """Ask for number and proof unless the ticket is known."""
        if form.details.get("tickets") or form.details.get("without_number"):
            return None
        return super().next_question(form)

    def question(self, form: Form, message: Message) -> Say:
        """Ask which of several tickets is meant, or for the number or the digits of another."""
        several = form.details.get("several")
        if form.asking != "number":
            return super().question(form, message)
        if several:
            return Say("utter_ask_which_ticket", choices=tuple(map(_choice, several)))
        return Say(self.ask_number, choices=("no_number",))

    def finish(self, session: Session, form: Form, message: Message) -> Answer:
        """Do what was wanted, with proof where it is needed."""
        if form.details.get("without_number"):
            return without_number(session, form, message)
        meant = [find_ticket(session, ticket_id) for ticket_id in form.details.get("tickets", ())]
        if not meant:
            return super().finish(session, form, message)
        answers = [act(session, form, message, ticket) for ticket in meant]
        return Answer(tuple(said for answer in answers for said in answer.says), answers[-1].form, answers[-1].asks)

    def prove(self, session: Session, form: Form, message: Message) -> Answer | None:
        """Prove the ticket, then do what was wanted."""
        ticket = prove_ticket(session, message.origin, form.details["number"], form.details["last_four"])
        return act(session, form, message, merged_into(session, ticket)) if ticket else None

    def after_failure(self, form: Form) -> tuple[str | Mapping[str, Any], ...]:
        """Offer to try again with the same aim."""
        label = next((label for label, wanted in _WANTED.items() if wanted == form.details["wanted"]), "check_ticket")
        return ({"say": "check_again", "payload": {"intent": label, "entities": {}}}, "person")


def _known(session: Session, message: Message) -> list[Ticket]:
    """Give the tickets that may be spoken about, newest first; a merged one is the one it has become part of."""
    found = (merged_into(session, ticket) for ticket in proven_tickets(session, message.origin.conversation_id))
    return list({ticket.id: ticket for ticket in found}.values())


def _fitting(wanted: str, known: list[Ticket]) -> list[Ticket]:
    """Keep the tickets that what is wanted can be done with; else the newest, so that it can be said why not."""
    if wanted == RETURNED:
        fitting = [ticket for ticket in known if ticket.state in (RESOLVED, CLOSED)]
    else:
        fitting = list(open_tickets(tuple(known)))
    return fitting or known[:1]


def _choice(ticket: Mapping[str, Any]) -> Mapping[str, Any]:
    values = {"number": ticket["number"], "product": ticket["product"] or "appliance"}
    payload = {"intent": "inform", "entities": {"ticket_number": ticket["number"]}}
    return {"say": "ticket", "values": values, "payload": payload}

"""How a form takes a message: details first, then corrections, questions in the middle, refusals and dead ends."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from actions.forms.catalogue import rules_of
from actions.forms.rules import FormRules
from actions.forms.words import (
    agrees,
    asks_why,
    cancels,
    is_question,
    named_detail,
    refuses,
    skips,
    stops,
    wants_change,
)
from actions.talk import Answer, Form, Message, Say, State, say

MOST_UNUSABLE = 2
CONFIRM, WHICH = "confirm", "which"  # the two questions that ask for no detail
_TO_THE_FORM = frozenset({"inform", "correct_detail", "affirm", "deny", "nlu_fallback"})
_PLEASED = frozenset({"thank", "rate_service", "give_feedback", "nlu_fallback"})  # what a yes with manners is taken for
_SURE = 0.5
# What still gets through while the customer is asked for words of their own.
_PAST_OPEN_QUESTIONS = frozenset(
    {"request_human", "switch_language", "repeat", "help", "bot_challenge", "goodbye", "thank"}
)


def start(session: Session, message: Message, form: Form) -> Answer:
    """Open a form with whatever the message already tells."""
    rules = rules_of(form.name)
    told = rules.read(session, form, message)
    return _go_on(session, rules, form.told(**told), message, told)


def give_way(message: Message, state: State) -> State:
    """Drop an open form that does not stand in the way of what the customer says."""
    form = state.form
    if form is None or not rules_of(form.name).gives_way(form, message):
        return state
    return replace(state, form=replace(form.under[-1], under=form.under[:-1]) if form.under else None)


def take(session: Session, message: Message, state: State) -> Answer | None:
    """Let the open form take the message; None when the message is about something else."""
    form = state.form
    if form is None or form.asking is None:
        return None
    rules = rules_of(form.name)
    if _breaks_off(rules, form, message):
        return close(message, form, (rules.cancelled(form),))
    if _asks_about_a_day(message):
        return None
    refused = rules.refusal(form, message)
    if refused:
        return _again(rules, form, message, refused)
    if asks_why(message) and not (is_open_ended(rules, form) and message.label in rules.own_labels):
        return _again(rules, form, message, rules.why(form), unusable=form.unusable)
    told = rules.read(session, form, message)
    is_refused = not told and _is_refused(rules, form, message)
    says_yes = form.asking == CONFIRM and _is_a_yes(message)
    if not (is_refused or says_yes) and _is_about_something_else(rules, form, message, told):
        return None
    if told:
        return _take_details(session, rules, form, message, told)
    if form.asking == CONFIRM:
        return _take_confirmation(session, rules, form, message)
    named = _wrong_detail(rules, form, message)
    if named:
        return _ask_for(rules, form.without(named), message, named)
    if is_refused and form.asking in rules.optional:
        skipping = replace(form, skipped=(*form.skipped, form.asking))
        return _go_on(session, rules, skipping, message, {}, (say("utter_skipped"),))
    if is_refused:
        return _unusable(rules, form, message, rules.why(form))
    if (
        message.label in ("deny", "correct_detail", "affirm")
        and form.asking != WHICH
        and not is_open_ended(rules, form)
    ):
        return _unusable(rules, form, message)
    freely = rules.read_freely(form, message)
    if freely:
        return _take_details(session, rules, form, message, freely)
    return _unusable(rules, form, message)


def _breaks_off(rules: FormRules, form: Form, message: Message) -> bool:
    """Tell whether the customer wants no more of the form; a mere guess must not cost them what they have told."""
    is_about_cancelling = "cancel_ticket" in rules.own_labels
    if message.label == "cancel_ticket" or (is_about_cancelling and form.asking == CONFIRM and cancels(message)):
        return not is_about_cancelling  # "yes, cancel it" confirms what was asked
    is_meant = message.confidence >= _SURE or not form.details
    only_lacks = rules.is_answered_by_none(form, message) and not stops(message)
    return message.label == "cancel" and is_meant and not (skips(message) or only_lacks)


def _asks_about_a_day(message: Message) -> bool:
    """Tell whether a day or time is asked about and not wished for: "open on Sunday?", "is the evening dearer?"."""
    asks = message.label.startswith("faq/") and message.confidence >= _SURE and is_question(message)
    return asks and (message.find("date") or message.find("time")) is not None


def _is_about_something_else(rules: FormRules, form: Form, message: Message, told: dict[str, Any]) -> bool:
    """Tell whether a message speaks past the form: a question in the middle, a wish for a person, another subject."""
    if form.asking in told or (form.asking in (CONFIRM, WHICH) and told):
        return False
    if message.label in _TO_THE_FORM or message.label in rules.own_labels or not any(map(str.isalpha, message.text)):
        return False  # a bare number changes no subject
    if is_open_ended(rules, form):
        return message.label in _PAST_OPEN_QUESTIONS or is_question(message)
    return message.confidence >= _SURE or is_question(message)


def _is_a_yes(message: Message) -> bool:
    """Tell whether a thank-you or a verdict is a yes first of all."""
    return message.label in _PLEASED and agrees(message) and not wants_change(message) and not is_question(message)


def _is_refused(rules: FormRules, form: Form, message: Message) -> bool:
    """Tell whether the customer will not answer the open question."""
    if form.asking in (CONFIRM, WHICH):
        return False
    return message.label == "deny" or skips(message) or (not is_open_ended(rules, form) and refuses(message))


def _wrong_detail(rules: FormRules, form: Form, message: Message) -> str | None:
    """Give the detail that the customer calls wrong without saying the right one."""
    is_wrong = message.label in ("deny", "correct_detail") or wants_change(message)
    named = named_detail(message) if is_wrong else None
    return named if named in rules.entities and (named in form.details or form.asking == WHICH) else None


def is_open_ended(rules: FormRules, form: Form) -> bool:
    """Tell whether the open question is answered by whatever the customer says."""
    return form.asking in rules.open_ended


def resume(message: Message, form: Form) -> tuple[Say, ...]:
    """Ask the open question again, after something else was answered."""
    return (_question(rules_of(form.name), form, message),)


def ask_simply(message: Message, form: Form) -> Answer:
    """Ask the open question in plainer words; where that has not helped, offer a way out."""
    rules, asking = rules_of(form.name), replace(form, simpler=form.simpler + 1)
    if asking.simpler >= MOST_UNUSABLE:
        return _way_out(rules, asking, ())
    return Answer(resume(message, asking), asking, asks=True)


def answers_freely(form: Form) -> bool:
    """Tell whether whatever the customer says answers the open question of a form."""
    return is_open_ended(rules_of(form.name), form)


def close(message: Message, form: Form, says: tuple[Say, ...]) -> Answer:
    """End a form and go back to the one that waited under it."""
    if not form.under:
        return Answer(says, None)
    below = replace(form.under[-1], under=form.under[:-1])
    return Answer((*says, *resume(message, below)), below, asks=True)


def _take_details(session: Session, rules: FormRules, form: Form, message: Message, told: dict[str, Any]) -> Answer:
    changed = {name for name, value in told.items() if name in form.details and form.details[name] != value}
    return _go_on(session, rules, form.told(**told), message, told, changed=changed)


def _go_on(
    session: Session,
    rules: FormRules,
    form: Form,
    message: Message,
    told: dict[str, Any],
    says: tuple[Say, ...] = (),
    changed: Set[str] = frozenset(),
) -> Answer:
    form, reactions = rules.on_told(session, form, message, told)
    kept = [name for name in rules.entities if name in changed and name in form.details]  # the others were refused
    shown = (Say(f"utter_changed_{name}", {name: told[name]}) for name in kept if rules.shows_change(name, told[name]))
    says = (*says, *shown, *reactions)
    wanted = rules.next_question(form)
    if wanted is None:
        done = rules.finish(session, form, message)
        says = (*says, *done.says)
        return close(message, form, says) if done.form is None else replace(done, says=says)
    return _ask_for(rules, form, message, wanted, says)


def _ask_for(rules: FormRules, form: Form, message: Message, wanted: str, says: tuple[Say, ...] = ()) -> Answer:
    simpler = form.simpler if wanted == form.asking else 0
    asking = replace(form, asking=wanted, expects=rules.entities.get(wanted), unusable=0, simpler=simpler)
    return Answer((*says, _question(rules, asking, message)), asking, asks=True)


def _question(rules: FormRules, form: Form, message: Message) -> Say:
    """Ask what is open, in plainer words where the customer has asked for them."""
    return replace(rules.question(form, message), simpler=form.simpler > 0)


def _take_confirmation(session: Session, rules: FormRules, form: Form, message: Message) -> Answer:
    if message.label == "affirm" or _is_a_yes(message):
        return _go_on(session, rules, form.told(confirmed=True), message, {})
    if message.label in ("deny", "cancel") and not rules.entities:
        return close(message, form, (rules.cancelled(form),))
    named = _wrong_detail(rules, form, message)
    if named or message.label in ("deny", "correct_detail"):
        return _ask_for(rules, form.without(named) if named else form, message, named or WHICH)
    return _unusable(rules, form, message)


def _again(rules: FormRules, form: Form, message: Message, first: Say, unusable: int | None = None) -> Answer:
    count = form.unusable + 1 if unusable is None else unusable
    counted = replace(form, unusable=count)
    if count >= MOST_UNUSABLE:
        return _way_out(rules, counted, (first,))
    return Answer((first, _question(rules, counted, message)), counted, asks=True)


def _unusable(rules: FormRules, form: Form, message: Message, why: Say | None = None) -> Answer:
    counted = replace(form, unusable=form.unusable + 1)
    if counted.unusable >= MOST_UNUSABLE:
        return _way_out(rules, counted, ())
    return Answer((why or say("utter_unusable"), _question(rules, counted, message)), counted, asks=True)


def _way_out(rules: FormRules, form: Form, says: tuple[Say, ...]) -> Answer:
    choices = ("skip", "person", "stop") if form.asking in rules.optional else ("person", "stop")
    return Answer((*says, Say("utter_way_out", choices=choices)), form, asks=True)

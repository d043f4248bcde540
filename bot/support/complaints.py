"""Complaints: what happened, what would make it good, who answers for it and by when, until the customer confirms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.storage.care import complaint_events, complaints
from bot.storage.columns import new_id
from bot.storage.writing import insert_once
from bot.support.channels import Origin
from bot.support.company import Company, the_company
from bot.support.complaint_rules import (
    ANSWERED,
    CATEGORIES,
    CLOSED,
    INVESTIGATING,
    LIVE_STATES,
    OPEN,
    WITHDRAWN,
    Signs,
    check_step,
    severity_of,
)
from bot.support.complaint_rules import ComplaintRefused as ComplaintRefused
from bot.support.customers import customer_id_of
from bot.support.hours import add_open_hours
from bot.support.tickets import Ticket


@dataclass(frozen=True)
class Complaint:
    """A complaint as the desk knows it."""

    id: str
    conversation_id: str
    ticket_id: str | None
    category: str
    severity: int
    happened: str
    happened_characters: str | None
    wanted: str | None
    state: str
    owner: str
    promise: str | None
    due_at: datetime
    root_cause: str | None
    remedy: str | None
    prevention: str | None
    created_at: datetime
    closed_at: datetime | None
    is_new: bool = False  # filed by this very call


@dataclass(frozen=True)
class Findings:
    """What the company found and does about a complaint."""

    root_cause: str
    remedy: str
    prevention: str


def file_complaint(
    session: Session,
    origin: Origin,
    *,
    happened: str,
    happened_characters: str | None = None,
    wanted: str | None = None,
    category: str = "other",
    signs: Signs | None = None,
    ticket: Ticket | None = None,
    company: Company | None = None,
) -> Complaint:
    """File a complaint, once for each message, with its severity, owner and deadline in opening hours."""
    if category not in CATEGORIES:
        raise ValueError(f"{category!r} is no category of complaints")
    signs, company = signs or Signs(), company or the_company()
    severity = severity_of(signs)
    is_new = insert_once(
        session,
        complaints,
        id=new_id(),
        conversation_id=origin.conversation_id,
        message_id=origin.message_id,
        customer_id=customer_id_of(session, origin.conversation_id),
        ticket_id=ticket.id if ticket else None,
        category=category,
        severity=severity,
        signs=asdict(signs),
        happened=happened,
        happened_characters=happened_characters,
        wanted=wanted,
        state=OPEN,
        owner=_owner(company, category),
        due_at=_due(company, origin.at, severity),
        language=origin.language,
        script=origin.script,
        channel=origin.channel,
        created_at=origin.at,
        updated_at=origin.at,
    )
    (filed,) = _by(
        session,
        complaints.c.conversation_id == origin.conversation_id,
        complaints.c.message_id == origin.message_id,
    )
    if not is_new:
        return filed
    _event(session, origin, filed.id, "filed", None, {"category": category, "severity": severity})
    return Complaint(**{**vars(filed), "is_new": True})


def add_to_complaint(
    session: Session,
    origin: Origin,
    complaint: Complaint,
    *,
    words: str | None = None,
    happened: str | None = None,
    happened_characters: str | None = None,
    wanted: str | None = None,
    signs: Signs | None = None,
    company: Company | None = None,
) -> Complaint:
    """Add what the customer says, once for each message; graver signs raise the severity and bring the deadline nearer.

    What `happened` is put below what was told before. Raises ComplaintRefused when it is settled or withdrawn.
    """
    now = _locked(session, complaint)
    if now.state not in LIVE_STATES:
        raise ComplaintRefused(f"a complaint that is {now.state} takes no more words")
    if _seen(session, origin, now.id):
        return now
    changes: dict[str, Any] = {"wanted": wanted} if wanted else {}
    if happened:
        changes["happened"] = f"{now.happened}\n{happened}"
        if happened_characters or now.happened_characters:
            earlier = now.happened_characters or now.happened
            changes["happened_characters"] = f"{earlier}\n{happened_characters or happened}"
    _event(session, origin, now.id, "note", None, {"words": words, "wanted": wanted})
    severity = min(now.severity, severity_of(signs)) if signs else now.severity
    if severity < now.severity:
        due_at = min(now.due_at, _due(company or the_company(), origin.at, severity))
        changes |= {"severity": severity, "due_at": due_at, "signs": asdict(signs or Signs())}
        _event(session, origin, now.id, "severity", now.severity, severity)
    return _change(session, origin, now, **changes)


def promise(session: Session, origin: Origin, complaint: Complaint, *, words: str, due_at: datetime) -> Complaint:
    """Write down what the customer has been promised, and by when."""
    now = _locked(session, complaint)
    if now.state not in LIVE_STATES:
        raise ComplaintRefused(f"a complaint that is {now.state} takes no promise")
    if due_at <= origin.at:
        raise ValueError("a promise is kept in the future")
    _event(session, origin, now.id, "promise", _due_words(now.promise, now.due_at), _due_words(words, due_at))
    return _change(session, origin, now, promise=words, due_at=due_at)


def assign(session: Session, origin: Origin, complaint: Complaint, owner: str) -> Complaint:
    """Give a complaint to another owner and begin to look into it."""
    now = _locked(session, complaint)
    if now.owner != owner:
        _event(session, origin, now.id, "owner", now.owner, owner)
        now = _change(session, origin, now, owner=owner)
    return _step(session, origin, now, INVESTIGATING) if now.state == OPEN else now


def answer_complaint(session: Session, origin: Origin, complaint: Complaint, findings: Findings) -> Complaint:
    """Answer with what was found and what is done about it; all three are needed. The customer has the last word."""
    empty = [name for name, value in vars(findings).items() if not value.strip()]
    if empty:
        raise ValueError(f"an answer needs {', '.join(empty)}")
    now = _step(session, origin, _locked(session, complaint), ANSWERED)
    _event(session, origin, now.id, "findings", None, asdict(findings))
    return _change(session, origin, now, **asdict(findings))


def confirm_settled(session: Session, origin: Origin, complaint: Complaint) -> Complaint:
    """Close a complaint because the customer says that it is settled; said again it stays closed."""
    now = _locked(session, complaint)
    return now if now.state == CLOSED else _step(session, origin, now, CLOSED)


def not_settled(session: Session, origin: Origin, complaint: Complaint, *, company: Company | None = None) -> Complaint:
    """Take a complaint up again because the customer is not content with the answer, with a new deadline."""
    now = _locked(session, complaint)
    if now.state == INVESTIGATING and _seen(session, origin, now.id):
        return now
    again = _step(session, origin, now, INVESTIGATING)
    due_at = _due(company or the_company(), origin.at, again.severity)
    return _change(session, origin, again, due_at=due_at, closed_at=None)


def withdraw(session: Session, origin: Origin, complaint: Complaint) -> Complaint:
    """End a complaint because the customer takes it back; said again it stays so."""
    now = _locked(session, complaint)
    return now if now.state == WITHDRAWN else _step(session, origin, now, WITHDRAWN)


def live_complaint(session: Session, conversation_id: str) -> Complaint | None:
    """Give the latest complaint of a conversation that is not settled."""
    found = _by(session, complaints.c.conversation_id == conversation_id, complaints.c.state.in_(LIVE_STATES))
    return found[0] if found else None


def overdue(session: Session, now: datetime) -> tuple[Complaint, ...]:
    """Give the complaints that nobody has answered by their deadline, the gravest first."""
    late = _by(session, complaints.c.state.in_((OPEN, INVESTIGATING)), complaints.c.due_at < now)
    return tuple(sorted(late, key=lambda complaint: (complaint.severity, complaint.due_at)))


def _step(session: Session, origin: Origin, complaint: Complaint, new: str) -> Complaint:
    check_step(complaint.state, new, actor=origin.actor)
    _event(session, origin, complaint.id, "state", complaint.state, new)
    ended = {"closed_at": origin.at} if new in (CLOSED, WITHDRAWN) else {}
    return _change(session, origin, complaint, state=new, **ended)


def _change(session: Session, origin: Origin, complaint: Complaint, **values: Any) -> Complaint:
    session.execute(complaints.update().where(complaints.c.id == complaint.id).values(**values, updated_at=origin.at))
    return _by(session, complaints.c.id == complaint.id)[0]


def _locked(session: Session, complaint: Complaint) -> Complaint:
    """Hold a complaint against other writers and give it as it is now."""
    session.execute(select(complaints.c.id).where(complaints.c.id == complaint.id).with_for_update())
    return _by(session, complaints.c.id == complaint.id)[0]


def _by(session: Session, *conditions: Any) -> tuple[Complaint, ...]:
    names = [name for name in Complaint.__dataclass_fields__ if name != "is_new"]
    rows = session.execute(
        select(*(complaints.c[name] for name in names)).where(*conditions).order_by(complaints.c.created_at.desc())
    )
    return tuple(Complaint(*row) for row in rows)


def _seen(session: Session, origin: Origin, complaint_id: str) -> bool:
    known = select(complaint_events.c.id).where(
        complaint_events.c.complaint_id == complaint_id, complaint_events.c.message_id == origin.message_id
    )
    return session.execute(known).first() is not None


def _event(session: Session, origin: Origin, complaint_id: str, kind: str, old: Any, new: Any) -> None:
    session.execute(
        complaint_events.insert().values(
            complaint_id=complaint_id,
            at=origin.at,
            actor=origin.actor,
            channel=origin.channel,
            language=origin.language,
            kind=kind,
            old=old,
            new=new,
            message_id=origin.message_id,
        )
    )


def _owner(company: Company, category: str) -> str:
    owners: Mapping[str, str] = company.facts["complaints"]["owners"]
    return owners.get(category, owners["default"])


def _due(company: Company, start: datetime, severity: int) -> datetime:
    return add_open_hours(company, start, company.facts["complaints"]["hours"][severity])


def _due_words(words: str | None, due_at: datetime) -> dict[str, str | None]:
    return {"words": words, "due_at": due_at.isoformat()}

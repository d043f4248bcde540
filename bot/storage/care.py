"""Tables of what is done for customers: visits, photos, complaints, callbacks, recovery, prices, proofs, erasures."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.storage.columns import Json, Utc, identifier, metadata

# How many visits one window of one day still takes. `taken` is only changed by a statement that also checks it.
visit_windows = Table(
    "visit_windows",
    metadata,
    Column("area", String(60), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("window", String(20), primary_key=True),
    Column("taken", Integer, nullable=False),
    CheckConstraint("taken >= 0", name="ck_visit_windows_taken"),
)

appointments = Table(
    "appointments",
    metadata,
    identifier(),
    Column("ticket_id", String(32), ForeignKey("tickets.id"), nullable=False, index=True),
    Column("area", String(60), nullable=False),
    Column("day", Date, nullable=False),
    Column("window", String(20), nullable=False),
    Column("state", String(10), nullable=False),  # booked, moved, cancelled, kept, missed
    Column("conversation_id", String(32), nullable=False),
    Column("message_id", String(64), nullable=False),  # the message that booked it
    Column("created_at", Utc, nullable=False),
    Column("updated_at", Utc, nullable=False),
    UniqueConstraint("conversation_id", "message_id", "ticket_id"),
    Index(
        "ix_appointments_one_booked",
        "ticket_id",
        unique=True,
        sqlite_where=text("state = 'booked'"),
        postgresql_where=text("state = 'booked'"),
    ),
)

# Photos of what is broken, drawn anew without metadata; those without a ticket wait for the next one to open.
photos = Table(
    "photos",
    metadata,
    identifier(),
    Column("conversation_id", String(32), ForeignKey("conversations.id"), nullable=False),
    Column("message_id", String(64), nullable=False),  # the message that brought it
    Column("ticket_id", String(32), ForeignKey("tickets.id"), index=True),
    Column("digest", String(64), nullable=False),  # of what was sent, to know it again
    Column("content", LargeBinary, nullable=False),  # a JPEG
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("created_at", Utc, nullable=False),
    UniqueConstraint("conversation_id", "message_id"),
)

complaints = Table(
    "complaints",
    metadata,
    identifier(),
    Column("conversation_id", String(32), nullable=False),
    Column("message_id", String(64), nullable=False),  # the message that began it
    Column("customer_id", String(32), ForeignKey("customers.id")),
    Column("ticket_id", String(32), ForeignKey("tickets.id")),
    Column("category", String(20), nullable=False),
    Column("severity", Integer, nullable=False),  # 1 (at once) to 4
    Column("signs", Json, nullable=False),  # what the severity was computed from
    Column("happened", Text, nullable=False),  # the customer's own words
    Column("happened_characters", Text),  # their reading, where they were romanized
    Column("wanted", Text),
    Column("state", String(20), nullable=False),
    Column("owner", String(40), nullable=False),
    Column("promise", Text),  # what the customer was told would be done
    Column("due_at", Utc, nullable=False),
    Column("root_cause", Text),
    Column("remedy", Text),
    Column("prevention", Text),
    Column("language", String(3), nullable=False),
    Column("script", String(12), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("updated_at", Utc, nullable=False),
    Column("closed_at", Utc),
    UniqueConstraint("conversation_id", "message_id"),
    Index("ix_complaints_due", "state", "due_at"),
)

complaint_events = Table(
    "complaint_events",
    metadata,
    identifier(),
    Column("complaint_id", String(32), ForeignKey("complaints.id"), nullable=False, index=True),
    Column("at", Utc, nullable=False),
    Column("actor", String(20), nullable=False),
    Column("channel", String(20)),
    Column("language", String(3)),
    Column("kind", String(30), nullable=False),  # filed, state, note, severity, owner, promise, findings
    Column("old", Json),
    Column("new", Json),
    Column("message_id", String(64), nullable=False),
)

callbacks = Table(
    "callbacks",
    metadata,
    identifier(),
    Column("conversation_id", String(32), nullable=False),
    Column("message_id", String(64), nullable=False),
    Column("customer_id", String(32), ForeignKey("customers.id")),
    Column("phone", String(20), nullable=False),  # E.164
    Column("name", String(200)),
    Column("wished_day", Date),
    Column("wished_time", String(20)),  # morning, afternoon, evening, or clock times as understood
    Column("reason", Text, nullable=False),
    Column("state", String(10), nullable=False),  # wanted, taken, done, cancelled
    Column("owner", String(40)),  # the agent who took it
    Column("tries", Integer, nullable=False, default=0),  # calls that nobody answered
    Column("due_at", Utc, nullable=False),
    Column("language", String(3), nullable=False),
    Column("script", String(12), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("updated_at", Utc, nullable=False),
    UniqueConstraint("conversation_id", "message_id"),
    Index("ix_callbacks_due", "state", "due_at"),
)

# What a person does after a low rating; one for each feedback.
recovery_tasks = Table(
    "recovery_tasks",
    metadata,
    identifier(),
    Column("feedback_id", String(32), ForeignKey("feedback.id"), nullable=False, unique=True),
    Column("ticket_id", String(32), ForeignKey("tickets.id")),
    Column("rating", Integer, nullable=False),
    Column("state", String(10), nullable=False),  # open, done, dropped (the customer raised the rating)
    Column("owner", String(40), nullable=False),
    Column("due_at", Utc, nullable=False),
    Column("outcome", Text),
    Column("created_at", Utc, nullable=False),
    Column("done_at", Utc),
    Index("ix_recovery_tasks_due", "state", "due_at"),
)

# One ticket merged into another.
ticket_merges = Table(
    "ticket_merges",
    metadata,
    Column("ticket_id", String(32), ForeignKey("tickets.id"), primary_key=True),
    Column("into_id", String(32), ForeignKey("tickets.id"), nullable=False, index=True),
    Column("at", Utc, nullable=False),
)

price_list = Table(
    "price_list",
    metadata,
    Column("product", String(30), primary_key=True),
    Column("service", String(30), primary_key=True),  # visit, installation, cleaning, or the code of a fault
    Column("price_from", Integer, nullable=False),  # whole units of the company's currency, parts included
    Column("price_to", Integer, nullable=False),
)

parts = Table(
    "parts",
    metadata,
    Column("number", String(40), primary_key=True),
    Column("product", String(30), nullable=False),
    Column("model", String(60), ForeignKey("products.model")),  # none: fits every model of the product
    Column("kind", String(30), nullable=False),  # filter, remote_control, …
    Column("name_en", String(120), nullable=False),
    Column("name_zh", String(120), nullable=False),
    Column("name_yue", String(120), nullable=False),
    Column("price", Integer, nullable=False),
    Column("in_stock", Integer, nullable=False),
    Index("ix_parts_product", "product"),
)

# What a conversation has proven to be its own, so that nothing is asked twice.
proofs = Table(
    "proofs",
    metadata,
    Column("conversation_id", String(32), primary_key=True),
    Column("kind", String(10), primary_key=True),  # ticket, order
    Column("subject", String(40), primary_key=True),  # the ticket's id, the order's number
    Column("at", Utc, nullable=False),
)

# What a customer has agreed to or refused; the newest row of a purpose holds.
consents = Table(
    "consents",
    metadata,
    identifier(),
    Column("conversation_id", String(32), nullable=False),
    Column("message_id", String(64), nullable=False),
    Column("customer_id", String(32), ForeignKey("customers.id")),
    Column("purpose", String(30), nullable=False),
    Column("given", Boolean, nullable=False),
    Column("at", Utc, nullable=False),
    UniqueConstraint("conversation_id", "message_id", "purpose"),
)

# Receipts of erasures. Names no person: `conversation_id` goes once the last words of the erasure have been delivered.
erasures = Table(
    "erasures",
    metadata,
    Column("number", String(20), primary_key=True),
    Column("conversation_id", String(32), index=True),
    Column("message_id", String(64)),
    Column("at", Utc, nullable=False),
    Column("rows", Json, nullable=False),  # how many rows of which table
    Column("finished_at", Utc),
)

"""Tables of the desk's records: customers, products, units, orders, tickets, feedback."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from bot.storage.columns import Json, Utc, identifier, metadata

customers = Table(
    "customers",
    metadata,
    identifier(),
    Column("name", String(200)),
    Column("phone", String(20)),  # E.164
    Column("email", String(254)),
    Column("address", Text),
    Column("language", String(3)),
    Column("script", String(12)),
    Column("key_account", Boolean, nullable=False, default=False),
    Column("created_at", Utc, nullable=False),
    Index("ix_customers_phone", "phone"),
)

products = Table(
    "products",
    metadata,
    Column("model", String(60), primary_key=True),
    Column("product", String(30), nullable=False),  # a code of the vocabulary: washing_machine
    Column("warranty_months", Integer, nullable=False),
)

units = Table(
    "units",
    metadata,
    Column("serial_number", String(60), primary_key=True),
    Column("model", String(60), ForeignKey("products.model"), nullable=False),
    Column("purchased_on", Date, nullable=False),
    Column("warranty_until", Date, nullable=False),
    Column("phone", String(20)),
)

orders = Table(
    "orders",
    metadata,
    Column("number", String(40), primary_key=True),
    Column("phone", String(20), nullable=False),
    Column("model", String(60), ForeignKey("products.model"), nullable=False),
    Column("status", String(20), nullable=False),  # placed, packed, shipped, delivered, returned
    Column("placed_on", Date, nullable=False),
    Column("expected_on", Date),
)

tickets = Table(
    "tickets",
    metadata,
    identifier(),
    Column("number", String(20), nullable=False, unique=True),
    Column("state", String(20), nullable=False),
    Column("customer_id", String(32), ForeignKey("customers.id")),
    Column("conversation_id", String(32), nullable=False),
    Column("message_id", String(64), nullable=False),  # the message that opened it
    Column("product", String(30)),  # unknown only in a safety case, which does not wait for it
    Column("fault", String(30)),
    Column("model", String(60)),
    Column("serial_number", String(60)),
    Column("name", String(200)),
    Column("phone", String(20)),
    Column("address", Text),
    Column("district", String(60)),
    Column("preferred_date", Date),
    Column("preferred_window", String(20)),
    Column("own_words", Text, nullable=False),  # untouched
    Column("own_words_characters", Text),  # their reading, where they were romanized
    Column("repeat_of", String(32), ForeignKey("tickets.id")),  # the earlier repair that did not hold
    Column("priority", Integer, nullable=False),  # 1 (safety) to 4
    Column("safety", Boolean, nullable=False, default=False),
    Column("language", String(3), nullable=False),
    Column("script", String(12), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("updated_at", Utc, nullable=False),
    Column("ended_at", Utc),  # when it was last resolved, closed or cancelled
    UniqueConstraint("conversation_id", "message_id"),
    Index("ix_tickets_phone", "phone"),
)

ticket_events = Table(
    "ticket_events",
    metadata,
    identifier(),
    Column("ticket_id", String(32), ForeignKey("tickets.id"), nullable=False, index=True),
    Column("at", Utc, nullable=False),
    Column("actor", String(20), nullable=False),  # customer, assistant, agent, system
    Column("channel", String(20)),
    Column("language", String(3)),
    Column("kind", String(30), nullable=False),  # opened, state, detail, note, photo
    Column("old", Json),
    Column("new", Json),
    Column("message_id", String(64)),
)

feedback = Table(
    "feedback",
    metadata,
    identifier(),
    Column("conversation_id", String(32), nullable=False),
    Column("message_id", String(64), nullable=False),
    Column("ticket_id", String(32), ForeignKey("tickets.id")),
    Column("rating", Integer),  # 1 to 5
    Column("words", Text),
    Column("language", String(3), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("changed_at", Utc, nullable=False),
    UniqueConstraint("conversation_id", "message_id"),
)

feedback_events = Table(
    "feedback_events",
    metadata,
    identifier(),
    Column("feedback_id", String(32), ForeignKey("feedback.id"), nullable=False, index=True),
    Column("at", Utc, nullable=False),
    Column("kind", String(20), nullable=False),  # given, changed
    Column("old", Json),
    Column("new", Json),
    Column("message_id", String(64), nullable=False),
)

# Wrong proofs of identity, counted so that numbers cannot be tried out.
proof_attempts = Table(
    "proof_attempts",
    metadata,
    identifier(),
    Column("conversation_id", String(32), nullable=False, index=True),
    Column("at", Utc, nullable=False),
    Column("succeeded", Boolean, nullable=False),
    Column("subject", String(64), index=True),  # of the number that was tried, whether it exists or not: its digest
)

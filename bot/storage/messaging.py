"""Tables of what passes between customers and the desk: conversations, inbox, messages, outbox."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, UniqueConstraint

from bot.storage.columns import Json, Utc, identifier, metadata

# One line of talk with one person on one channel. `id` is unguessable and issued by the server.
conversations = Table(
    "conversations",
    metadata,
    identifier(),
    Column("channel", String(20), nullable=False),  # website, wechat, telegram
    Column("external_id", String(200)),  # the person in the channel; none on the website
    Column("customer_id", String(32), ForeignKey("customers.id")),
    Column("language", String(3)),  # en, zh, yue; none until the customer has shown one
    Column("script", String(12)),  # latin, simplified, traditional, both
    Column("wished_language", Boolean, nullable=False, default=False),
    Column("wished_script", Boolean, nullable=False, default=False),
    Column("holder", String(10), nullable=False, default="bot"),  # bot, waiting, human, closed
    Column("waiting_cause", String(40)),
    Column("waiting_since", Utc),
    Column("last_seq", Integer, nullable=False, default=0),
    Column("token_version", Integer, nullable=False, default=1),  # raised to revoke the tokens given out
    Column("claimed_by", String(64)),  # the worker that is busy with this conversation
    Column("claimed_until", Utc),
    Column("created_at", Utc, nullable=False),
    Column("updated_at", Utc, nullable=False),
    UniqueConstraint("channel", "external_id"),
)

# What came in, committed before it is acknowledged. One row an external id, whatever is repeated.
inbox = Table(
    "inbox",
    metadata,
    identifier(),
    Column("conversation_id", String(32), ForeignKey("conversations.id"), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("external_id", String(200), nullable=False),
    Column("kind", String(10), nullable=False),  # text, choice, event, photo
    Column("text", Text, nullable=False, default=""),
    Column("choice_id", String(64)),
    Column("payload", Json),  # what a choice or event means to the assistant
    Column("position", Integer, nullable=False),  # order of arrival inside the conversation
    Column("state", String(10), nullable=False, default="new"),  # new, done, failed (left to a person)
    Column("attempts", Integer, nullable=False, default=0),
    Column("apologised", Boolean, nullable=False, default=False),
    Column("next_try_at", Utc, nullable=False),
    Column("received_at", Utc, nullable=False),
    Column("done_at", Utc),
    UniqueConstraint("channel", "external_id"),
    UniqueConstraint("conversation_id", "position"),
    Index("ix_inbox_open", "state", "next_try_at"),
)

# What both sides have said, in the order the customer sees it.
messages = Table(
    "messages",
    metadata,
    identifier(),
    Column("conversation_id", String(32), ForeignKey("conversations.id"), nullable=False),
    Column("seq", Integer, nullable=False),  # 1, 2, 3 … inside the conversation
    Column("author", String(10), nullable=False),  # customer, assistant, agent
    Column("text", Text, nullable=False),
    Column("language", String(3)),
    Column("script", String(12)),
    Column("choices", Json, nullable=False, default=list),  # [{"id", "label", "payload"}]; payload never leaves
    Column("extras", Json, nullable=False, default=dict),  # what a widget may draw: a ticket card, a rating
    Column("inbox_id", String(32), ForeignKey("inbox.id")),
    Column("sent_at", Utc, nullable=False),
    UniqueConstraint("conversation_id", "seq"),
)

# Answers on their way to a channel that must be called. The website reads `messages` itself.
outbox = Table(
    "outbox",
    metadata,
    identifier(),
    Column("message_id", String(32), ForeignKey("messages.id"), nullable=False, unique=True),
    Column("conversation_id", String(32), ForeignKey("conversations.id"), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("state", String(10), nullable=False, default="new"),  # new, sent, failed
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_try_at", Utc, nullable=False),
    Column("sent_at", Utc),
    Column("failure", String(200)),
    Index("ix_outbox_open", "state", "next_try_at"),
)

# The assistant's own memory of a dialogue: a bounded tail of events, one row a conversation.
dialogues = Table(
    "dialogues",
    metadata,
    Column("conversation_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("events", Text, nullable=False),
    Column("updated_at", Utc, nullable=False),
)

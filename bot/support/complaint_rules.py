"""What a complaint is, how grave it is, and which state may follow which."""

from __future__ import annotations

from dataclasses import dataclass

CATEGORIES = ("delay", "repair", "staff", "price", "product", "communication", "safety", "other")

OPEN, INVESTIGATING, ANSWERED, CLOSED, WITHDRAWN = "open", "investigating", "answered", "closed", "withdrawn"
MOVES: dict[str, frozenset[str]] = {
    OPEN: frozenset({INVESTIGATING, ANSWERED, WITHDRAWN}),
    INVESTIGATING: frozenset({ANSWERED, WITHDRAWN}),
    ANSWERED: frozenset({CLOSED, INVESTIGATING, WITHDRAWN}),
    CLOSED: frozenset({INVESTIGATING}),
    WITHDRAWN: frozenset(),
}
STATES = tuple(MOVES)
LIVE_STATES = frozenset({OPEN, INVESTIGATING, ANSWERED})
# Only the customer says that a complaint is settled, withdraws it, or takes up again one that was settled.
CUSTOMERS_OWN = frozenset({(ANSWERED, CLOSED), (CLOSED, INVESTIGATING), *((state, WITHDRAWN) for state in LIVE_STATES)})

LONG_WAIT_DAYS = 7


class ComplaintRefused(ValueError):
    """A step that a complaint cannot take; the message names both states and who asked."""


@dataclass(frozen=True)
class Signs:
    """What tells how grave a complaint is; whoever takes it passes what is known."""

    safety: bool = False  # somebody was or could have been hurt
    public: bool = False  # the press, an authority, a lawyer or a public review is named
    strong_anger: bool = False
    repeat_fault: bool = False  # the same repair did not hold
    earlier_complaint: bool = False  # about the same matter
    damage: bool = False  # money lost or something spoilt through the company's fault
    key_account: bool = False
    waited_days: int = 0


def severity_of(signs: Signs) -> int:
    """Give the severity from 1 (at once) to 4: safety is 1, an ordinary complaint 4, and every other sign raises it.

    >>> severity_of(Signs()), severity_of(Signs(repeat_fault=True)), severity_of(Signs(public=True, damage=True))
    (4, 3, 1)
    """
    if signs.safety:
        return 1
    weight = 2 * signs.public + sum(
        (
            signs.strong_anger,
            signs.repeat_fault,
            signs.earlier_complaint,
            signs.damage,
            signs.key_account,
            signs.waited_days >= LONG_WAIT_DAYS,
        )
    )
    return max(1, 4 - weight)


def check_step(old: str, new: str, *, actor: str) -> None:
    """Raise ComplaintRefused unless a complaint may go from `old` to `new` by this actor's hand."""
    if new not in MOVES:
        raise ComplaintRefused(f"{new!r} is no state of a complaint")
    if new not in MOVES[old]:
        raise ComplaintRefused(f"a complaint that is {old} cannot become {new}")
    if (old, new) in CUSTOMERS_OWN and actor != "customer":
        raise ComplaintRefused(f"only the customer makes a complaint that is {old} {new}, not the {actor}")

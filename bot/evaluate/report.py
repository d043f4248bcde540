"""Tables for people."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence

Cell = str | float | int | None


def table(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Set rows under a head, shares as percentages.

    >>> print(table(["set", "right"], [["one", 0.5], ["two", None]]))
    set  right
    one   50.0
    two      –
    """
    lines = [list(head)] + [[_cell(cell) for cell in row] for row in rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def scores_table(scores: Mapping[str, Mapping[str, float | int | None]], first: str, drop: Sequence[str] = ()) -> str:
    """Set named scores under one another."""
    names = [name for name in next(iter(scores.values())) if name not in drop]
    head = [first, *(name.replace("_", " ") for name in names)]
    rows: list[list[Cell]] = []
    for key, values in scores.items():
        rows.append([key, *(f"{values[name]:.1f}" if name.startswith("ms_") else values[name] for name in names)])
    return table(head, rows)


def _cell(cell: Cell) -> str:
    if cell is None:
        return "–"
    return f"{100 * cell:.1f}" if isinstance(cell, float) else str(cell)


def progress(done: int, total: int, what: str) -> None:
    """Say on stderr how far along a measurement is, now and then."""
    if done == total or done % max(1, total // 20) == 0:
        ending = "\n" if done == total else ""
        print(f"\r{what}: {done} of {total}", end=ending, file=sys.stderr, flush=True)

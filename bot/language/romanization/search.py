"""The best reading of a lattice: a beam search with the character language model."""

from __future__ import annotations

from bisect import bisect_left
from typing import Any, NamedTuple

from bot.language.romanization.model import ABOVE, END, FINE, Model
from bot.language.romanization.ways import Candidates


class Width(NamedTuple):
    """How many contexts are followed at each place, and how far behind the best one may be."""

    beam: int
    spread: float


NARROW, WIDE = Width(14, 5.5), Width(22, 7.0)
_THE_END = Candidates.of([(END, 0.0, -1)])

Path = Any  # (the path before it or None, index among candidates, candidates, start node, end node)


class Edge(NamedTuple):
    """A stretch of the lattice that may be read as any of its candidates."""

    end: int
    candidates: Candidates


class Chosen(NamedTuple):
    """What an edge was read as: a unit of the model, the syllable it was spelled by, and where it stood."""

    unit: int
    syllable: int
    start: int
    end: int


def best(model: Model, begin: int, edges: list[list[Edge]], width: Width = NARROW) -> tuple[float, list[Chosen]]:
    """Find the likeliest path from context `begin` through edges, listed by the node they start from."""
    state_of = model.state
    beam, spread = width
    last = len(edges) - 1
    nodes: list[dict[int, tuple[float, Path]]] = [{} for _ in edges]
    tops = [-1e9] * len(edges)
    nodes[0] = {begin: (0.0, None)}
    for at in range(last):
        here = nodes[at]
        if not here or not edges[at]:
            continue
        ranked = [(score, state, path) for state, (score, path) in here.items()]
        ranked.sort(reverse=True)
        floor = ranked[0][0] - spread
        del ranked[beam:]
        for end, candidates in edges[at]:
            there = nodes[end]
            known = there.get
            limit = tops[end] - spread
            alone: dict[int, list[tuple[float, int]]] = {}
            for score, state, path in ranked:
                if score < floor:
                    break
                for index, (logp, gram) in enumerate(_steps(model, state, candidates, alone)):
                    total = score + logp
                    if total < limit:
                        continue
                    if total - spread > limit:
                        limit = total - spread
                    after = state_of[gram]
                    old = known(after)
                    if old is None or total > old[0]:
                        there[after] = (total, (path, index, candidates, at, end))
            tops[end] = limit + spread
    final = nodes[last]
    for state, (score, path) in final.items():
        final[state] = (score + _steps(model, state, _THE_END, {})[0][0], path)
    return _trace(final)


def _steps(
    model: Model, state: int, candidates: Candidates, alone: dict[int, list[tuple[float, int]]]
) -> list[tuple[float, int]]:
    """Give, for each candidate, what it costs after `state` and the n-gram it makes with it.

    Most is told by the last unit alone, which many states share; only where longer n-grams begin with this very
    state do their few children replace it.
    """
    chain = []
    shorter = model.shorter
    while state >= model.wide:
        chain.append(state)
        state = shorter[state]
    steps = alone.get(state)
    if steps is None:
        steps = alone[state] = _after_one(model, state, candidates)
    if not chain:
        return steps
    backoff, first, unit, logps = model.backoff, model.first, model.unit, model.logp
    index_of, costs = candidates.index, candidates.costs
    lowered = ABOVE * len(chain) - sum([backoff[context] for context in chain]) / FINE
    steps = [(logp + lowered, gram) for logp, gram in steps]
    for context in reversed(chain):
        lowered -= ABOVE - backoff[context] / FINE  # what is left: the weights of the contexts longer than this one
        low, high = first[context], first[context + 1]
        if high - low < 24:
            for gram in range(low, high):
                index = index_of.get(unit[gram])
                if index is not None:
                    steps[index] = (logps[gram] + lowered + costs[index], gram)
        else:
            for wanted, index in index_of.items():
                gram = bisect_left(unit, wanted, low, high)
                if gram < high and unit[gram] == wanted:
                    steps[index] = (logps[gram] + lowered + costs[index], gram)
    return steps


def _after_one(model: Model, state: int, candidates: Candidates) -> list[tuple[float, int]]:
    logps, one = model.logp, model.one
    find, low, lowered = model.after[state].find, model.first[state], ABOVE - model.backoff[state] / FINE
    steps = []
    for unit, cost, letter in zip(candidates.units, candidates.costs, candidates.letters):  # noqa: B905 (as long by construction)
        at = find(letter)
        if at < 0:
            gram = one[unit]
            steps.append((cost + lowered + logps[gram], gram))
        else:
            gram = low + at
            steps.append((cost + logps[gram], gram))
    return steps


def _trace(final: dict[int, tuple[float, Path]]) -> tuple[float, list[Chosen]]:
    if not final:
        return float("-inf"), []
    score, path = max(final.values(), key=lambda found: found[0])
    chosen: list[Chosen] = []
    while path is not None:
        path, index, candidates, start, end = path
        chosen.append(Chosen(candidates.units[index], candidates.syllables[index], start, end))
    return score, chosen[::-1]

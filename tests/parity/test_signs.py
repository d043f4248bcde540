"""Every sign is told in every language, in the script that signs are matched in."""

import re

import pytest
import yaml

from actions.signs import SIGNS, all_signs
from bot.language.scripts import to_simplified
from bot.language.wording import LANGUAGES

FILES = {path.stem: yaml.safe_load(path.read_text("utf8")) for path in SIGNS.glob("*.yml")}
NAMES = [(stem, name) for stem, signs in FILES.items() for name in signs]


def test_no_sign_is_told_twice():
    assert sorted(all_signs()) == sorted(name for _, name in NAMES)


@pytest.mark.parametrize(("stem", "name"), NAMES)
def test_a_sign_has_every_language(stem: str, name: str):
    sign = FILES[stem][name]
    assert set(sign) == set(LANGUAGES)
    for language in LANGUAGES:
        assert sign[language]
        assert all(re.compile(pattern) for pattern in sign[language])
        assert all(to_simplified(pattern) == pattern for pattern in sign[language])

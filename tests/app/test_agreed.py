"""What was agreed is written into a file that people may have written too."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortition.app.agreed import with_settings
from sortition.errors import InputErrors

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
KEYS = st.sampled_from(["size", "pool", "household", "assembly", "id"])
VALUES = st.one_of(st.none(), st.integers(0, 10**6), TEXT)
BY_HAND = """\
# agreed in the council
size = 36  # people
household = "adresse,postnummer"

[select]
size = 40
"""


@given(st.dictionaries(KEYS, VALUES), st.dictionaries(KEYS, VALUES))
def test_the_file_says_what_was_set_last(
    first: dict[str, str | int | None], second: dict[str, str | int | None]
) -> None:
    text = with_settings(with_settings("", first), second)
    wanted = {key: value for key, value in {**first, **second}.items() if value is not None}
    assert tomllib.loads(text) == wanted


def test_comments_and_tables_stay() -> None:
    text = with_settings(BY_HAND, {"size": 30, "id": "nr", "household": None})
    assert text.startswith("# agreed in the council\nsize = 30\n")
    assert text.endswith("[select]\nsize = 40\n")
    assert tomllib.loads(text) == {"size": 30, "id": "nr", "select": {"size": 40}}


@pytest.mark.parametrize("text", ['size = """\n36"""\n', "not = = toml", '"size" = 3\n'])
def test_what_cannot_be_changed_safely_is_left_alone(text: str) -> None:
    with pytest.raises(InputErrors):
        with_settings(text, {"size": 30})

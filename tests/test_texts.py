from __future__ import annotations

import re
from pathlib import Path

import pytest

import sortition
from sortition.errors import Finding
from sortition.texts import describe, sentences

SOURCE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted(Path(sortition.__file__).parent.rglob("*.py"))
)


def test_every_code_has_a_sentence() -> None:
    used = set(re.findall(r'\bcode="([^"]+)"', SOURCE))
    assert used - set(sentences()) == set()


def test_every_sentence_is_used() -> None:
    assert [code for code in sentences() if f'"{code}"' not in SOURCE] == []


@pytest.mark.parametrize("code", sorted(sentences()))
def test_sentences_are_well_formed(code: str) -> None:
    sentence = sentences()[code]
    assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", code)
    assert sentence[0].isupper() or sentence[0] in "“{"
    assert sentence.endswith((".", "?", ".]"))
    assert "{}" not in sentence
    assert re.sub(r"\{[a-z]+\}", "", sentence).count("{") == 0
    assert re.sub(r"\[[^\[\]]*\]", "", sentence).count("[") == 0


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (
            Finding(code="id-blank", file="pool.xlsx", sheet="Ark1", row=12, column="id"),
            "pool.xlsx, sheet Ark1, row 12, column id: This person has no id. Fill it in.",
        ),
        (
            Finding(code="panel-size-not-positive", value="0"),
            "A panel cannot have 0 people. Give a panel size of 1 or more.",
        ),
        (
            Finding(code="file-missing", file="pol.csv"),
            "There is no file pol.csv. Check the spelling of its name and folder.",
        ),
        (
            Finding(
                code="quota-minimums-exceed-size",
                file="q.csv",
                row=2,
                column="age",
                facts={"total": 5, "size": 4},
            ),
            "q.csv, row 2: The minimums of “age” add up to 5, more than the panel of 4. "
            "Lower some of them.",
        ),
        (
            Finding(code="unknown-value", column="age", value="x"),
            "column age: “x” has no quota.",
        ),
        (
            Finding(
                code="unknown-value",
                column="sex",
                value="femle",
                facts={"known": "“female”, “male”", "closest": "female"},
            ),
            "column sex: “femle” has no quota. Did you mean “female”? "
            "There are quotas for “female”, “male”.",
        ),
    ],
)
def test_describe(finding: Finding, text: str) -> None:
    assert describe(finding) == text


def test_cells_are_shown_as_they_are_and_do_no_harm() -> None:
    assert "“{row} [x]”" in describe(Finding(code="unknown-value", value="{row} [x]"))
    assert "“a<U+001B>b<U+00A0>c”" in describe(Finding(code="unknown-value", value="a\x1bb\u00a0c"))
    assert f"“{'x' * 79}…”" in describe(Finding(code="unknown-value", value="x" * 200))


def test_a_missing_fact_or_code_is_a_defect() -> None:
    with pytest.raises(KeyError):
        describe(Finding(code="no-such-code"))
    with pytest.raises(KeyError):
        describe(Finding(code="panel-larger-than-pool"))

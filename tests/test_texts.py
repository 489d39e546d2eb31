from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

import sortition
from sortition.errors import Finding
from sortition.texts import OPTIONAL, PLACEHOLDER, Sentence, describe, say, sentences
from sortition.texts.phrases import phrases
from sortition.texts.signs import signs
from sortition.texts.speech import LANGUAGES
from tests.instance.test_shapes import GOOD, read

FINDINGS = Path(sortition.__file__).parent / "texts" / "findings"
# what is written in quotation marks or as code, and names of options and files
OURS = re.compile(
    r"“[^”]*”|`[^`]*`|\"[^\"]*\"|\{[^}]*\}|--[a-z-]+( [a-z]+)?|\b\w+\.(py|csv|json|html|toml)\b"
)
# words that no Danish sentence has, and most English ones do
ENGLISH = re.compile(
    r"\b(the|of|and|is|are|was|were|it|this|that|with|which|not|an|no|has|been|by which|them"
    r"|there|these|here|who|name|from|file|row|column|people|panel has)\b",
    re.IGNORECASE,
)

SOURCE = "\n".join(
    path.read_text(encoding="utf-8")
    for path in sorted(Path(sortition.__file__).parent.rglob("*.py"))
)


def test_every_code_has_a_sentence() -> None:
    used = set(re.findall(r'\bcode="([^"]+)"', SOURCE))
    assert used - set(sentences()) == set()


def test_every_sentence_is_used() -> None:
    assert [code for code in sentences() if f'"{code}"' not in SOURCE] == []


@pytest.mark.parametrize("language", ["en", "da"])
def test_sentences_are_well_formed(language: str) -> None:
    for code, sentence in sentences(language).items():
        assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", code)
        assert sentence[0].isupper() or sentence[0] in "“{", code
        assert sentence.endswith((".", "?", ".]", "?]")), code
        assert "{}" not in sentence, code
        assert re.sub(r"\{[a-z]+\}", "", sentence).count("{") == 0, code
        assert re.sub(r"\[[^\[\]]*\]", "", sentence).count("[") == 0, code


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


@pytest.mark.parametrize(("language", "count"), [("en", "3,829"), ("da", "3.829")])
def test_thousands_of_what_is_counted_are_parted(language: str, count: str) -> None:
    facts: dict[str, str | int] = {"feature": "alder", "ranges": "“16-29” (rows: 3829)"}
    banded = Finding(code="map-banded", row=3829, facts=facts)
    assert f": {count})" in describe(banded, language)
    hidden = Finding(code="rows-hidden", row=3829, facts={"count": 3829})
    assert f"({count})" in describe(hidden, language)
    assert " 3829: " in describe(hidden, language)  # where it stands is no count
    written = Finding(code="rows-hidden", facts={"count": "3829"})
    assert "(3829)" in describe(written, language)  # as somebody wrote it


def test_cells_are_shown_as_they_are_and_do_no_harm() -> None:
    assert "“{row} [x]”" in describe(Finding(code="unknown-value", value="{row} [x]"))
    assert "“a<U+001B>b<U+00A0>c”" in describe(Finding(code="unknown-value", value="a\x1bb\u00a0c"))
    assert f"“{'x' * 79}…”" in describe(Finding(code="unknown-value", value="x" * 200))


def test_a_missing_fact_or_code_is_a_defect() -> None:
    with pytest.raises(KeyError):
        describe(Finding(code="no-such-code"))
    with pytest.raises(KeyError):
        describe(Finding(code="panel-larger-than-pool"))


@pytest.mark.parametrize("language", ["en", "da"])
def test_every_sentence_can_be_said_of_what_was_left_blank(language: str) -> None:
    for code, sentence in sentences(language).items():
        facts = dict.fromkeys(PLACEHOLDER.findall(sentence), "")
        assert say(Finding(code=code, facts=facts), language).text


def test_danish_names_what_english_names() -> None:
    """The same facts, and the same of them in parts that can be left out."""

    def named(sentence: str) -> tuple[list[str], list[list[str]]]:
        parts = [PLACEHOLDER.findall(part) for part in OPTIONAL.findall(sentence)]
        return sorted(PLACEHOLDER.findall(sentence)), sorted(parts)

    for code, sentence in sentences("da").items():
        assert named(sentence) == named(sentences()[code]), code


def test_danish_sentences_stand_in_files_of_the_same_name() -> None:
    def codes(page: Path) -> set[str]:
        return set(tomllib.loads(page.read_text(encoding="utf-8")))

    for page in sorted((FINDINGS / "da").iterdir()):
        assert codes(page) - codes(FINDINGS / page.name) == set(), page.name


@pytest.mark.parametrize("name", GOOD)
def test_whatever_is_assumed_of_files_can_be_said_in_danish(tmp_path: Path, name: str) -> None:
    assumed = read(tmp_path, GOOD[name]).assumed
    spoken = {finding.code: say(finding, "da").language for finding in assumed}
    assert [code for code, language in spoken.items() if language != "da"] == []


@pytest.mark.parametrize(
    ("finding", "text"),
    [
        (
            Finding(code="map-renamed", file="pulje.xlsx", sheet="Ark1", column="Køn", value="sex"),
            "pulje.xlsx, ark Ark1, kolonne Køn: Denne kolonne blev læst som “sex”.",
        ),
        (
            Finding(code="delimiter-assumed", file="comma.csv", value="comma"),
            "comma.csv: Kolonnerne blev læst som adskilt af dette tegn: komma.",
        ),
        (
            Finding(
                code="map-banded",
                row=3,
                facts={"feature": "(rows: 1)", "ranges": "“16-29” (rows: 2), “30+” (rows: 1)"},
            ),
            "række 3: Tal blev inddelt i intervaller af “(rows: 1)”: “16-29” (rækker: 2), "
            "“30+” (rækker: 1).",
        ),
        (
            Finding(code="dropout-assumed", facts={"share": "10.3%", "gone": 16, "size": 163}),
            "Alle blev regnet for at falde fra med en sandsynlighed på 10,3\u00a0%: I fem "
            "tidligere forsamlinger gjorde 16 af 163 personer det, og så få tilfælde tages ikke "
            "for givet. Angiv egne tal med --dropout eller --dropout-rates.",
        ),
    ],
)
def test_danish(finding: Finding, text: str) -> None:
    assert say(finding, "da") == Sentence(text=text, language="da")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_sentence(language: str) -> None:
    assert set(sentences()) - set(sentences(language)) == set()
    assert set(phrases("en")) == set(phrases(language))


@pytest.mark.parametrize(
    ("language", "number", "day"),
    [
        ("en", "1,234,567.8", "1 March 2026"),
        ("da", "1.234.567,8", "1. marts 2026"),
        ("nb", "1\u00a0234\u00a0567,8", "1. mars 2026"),
    ],
)
def test_each_language_has_its_signs(language: str, number: str, day: str) -> None:
    assert signs(language).number(f"{1234567.8:,}") == number
    assert signs(language).day(date(2026, 3, 1)) == day
    assert len(set(signs(language).months)) == 12


def fields(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_every_phrase_names_the_same_in_every_language() -> None:
    for name, text in phrases("en").items():
        assert fields(text) == fields(phrases("da")[name]), name


def test_nothing_english_is_left_in_danish() -> None:
    """Names of columns, options and files aside, which stand in quotation marks or are code."""
    said = {**{code: sentences("da")[code] for code in sentences("da")}, **phrases("da")}
    found = {
        name: left for name, text in said.items() if (left := ENGLISH.findall(OURS.sub("", text)))
    }
    assert found == {}
    assert ENGLISH.findall("Give it with the option")

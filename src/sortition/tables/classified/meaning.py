"""Which value of a feature an everyday word means, by the codes of a classification.

A word stands for one code, or for several where people say no more than that: a bachelor can have
an academic or a professional degree. It means a value if all of its codes are codes of this value,
and of no other.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from sortition.tables.labels import fold

CLASSIFICATIONS = ("gender", "education", "employment", "housing", "municipalities")
UNSAID = "unsaid"
OFFICIAL = re.compile(r"^h\d\d ")  # as Statistics Denmark puts before levels of education
IN_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]")
EXAMPLES = re.compile(
    r"[\s,;:–-]*\b(?:(?:som )?(?:fx|f\. ?eks|feks|for eksempel|eksempelvis|t\. ?ex|till exempel)"
    r"|så ?som|e\.g|for example|for instance|such as)\b.*",
    re.DOTALL,
)
# after a level, that what is like it counts as well
ALIKE = re.compile(
    r"[\s,]*\b(?:eller (?:lign(?:ende)?|tilsvarende|liknande)|el\. lign|e\.? ?l|o\.? ?l"
    r"|or similar)\.?$"
)
AROUND = " .,:;*-–"
JOINED = re.compile(r" ?/ ?|, | eller | og | or | and | och ")

Codes = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """The codes of a classification, and the words for them.

    Attributes
    ----------
    source : str
        Whose it is.
    codes : mapping of str to str
        What each code stands for.
    words : mapping of str to frozenset of str
        The codes that each word stands for, by the folded word.
    patterns : tuple of (pattern, frozenset of str)
        Likewise for words that are too many to list.
    includes : mapping of str to str
        A code that is among those of another where nothing has it by itself.
    """

    source: str
    codes: Mapping[str, str]
    words: Mapping[str, Codes]
    patterns: tuple[tuple[re.Pattern[str], Codes], ...]
    includes: Mapping[str, str]

    def read(self, text: str) -> Codes:
        """The codes that a text stands for, which may name several; none if it is not known."""
        whole = self._read(text)
        parts = [] if whole else [self._read(part) for part in JOINED.split(fold(text))]
        return frozenset().union(*parts) if all(parts) and parts else whole

    def _read(self, text: str) -> Codes:
        for spelled in _spellings(text):
            if spelled in self.words:
                return self.words[spelled]
            for pattern, codes in self.patterns:
                if pattern.fullmatch(spelled):
                    return codes
        return frozenset()


@cache
def classification(name: str) -> Classification:
    """A classification by the name of its file.

    Raises
    ------
    ValueError
        If a word stands for two things, or for a code that is not there.
    """
    file = resources.files("sortition").joinpath("tables", "classified", f"{name}.toml")
    document = tomllib.loads(file.read_text(encoding="utf-8"))
    words: dict[str, Codes] = {}
    patterns = []
    for group in document["words"]:
        codes = frozenset(group["means"])
        if not codes <= set(document["codes"]):
            raise ValueError(f"{name} has no such codes as {sorted(codes)}")
        for word in group["words"].replace("\n", "").split("|"):
            if words.setdefault(fold(word), codes) != codes:
                raise ValueError(f"{word!r} has two meanings in {name}")
        if "pattern" in group:
            patterns.append((re.compile(group["pattern"]), codes))
    return Classification(
        source=document["source"],
        codes=document["codes"],
        words=words,
        patterns=tuple(patterns),
        includes={one["also"]: one["of"] for one in document.get("includes", ())},
    )


@cache
def value_codes(labels: tuple[str, ...]) -> tuple[Classification, Mapping[str, Codes]] | None:
    """The classification that all of these values belong to, and the codes of each.

    A value that says no more than that it is another one belongs to every classification. A code
    that several values have belongs to the one that has fewest codes. None if there is no
    classification.
    """
    for name in CLASSIFICATIONS:
        kind = classification(name)
        codes = {label: kind.read(label) for label in labels}
        others = [label for label in labels if not codes[label] and unsaid(label)]
        if len(others) < len(labels) - 1 and all(
            own or label in others for label, own in codes.items()
        ):
            return kind, _settled(kind, codes)
    return None


def meant(cell: str, labels: Sequence[str]) -> str | None:
    """The one value that a cell must mean by a classification of all values; None if unsure."""
    found = value_codes(tuple(labels))
    if found is None:
        return None
    kind, values = found
    codes = kind.read(cell)
    fitting = [label for label, own in values.items() if codes & own]
    begun = [label for label in labels if fold(label).startswith(f"{fold(cell)} ")]
    if len(fitting) != 1 or not codes <= values[fitting[0]] or (begun and begun != fitting):
        return None  # among others where the neighbours' word for it begins another value
    return fitting[0]


def known_word(cell: str, labels: Sequence[str]) -> str:
    """The word of the classification that a cell holds, without what else stands in it."""
    found = value_codes(tuple(labels))
    words = found[0].words if found else {}
    return next((spelled for spelled in _spellings(cell) if spelled in words), "")


def unsaid(cell: str) -> str | None:
    """``other`` or ``untold`` for an answer that is none of the usual ones; None for any other."""
    codes = classification(UNSAID).read(cell)
    return next(iter(codes)) if codes else None


def _settled(kind: Classification, codes: Mapping[str, Codes]) -> dict[str, Codes]:
    named = frozenset().union(*codes.values())
    wide = {
        label: own | {also for also, of in kind.includes.items() if of in own and also not in named}
        for label, own in codes.items()
    }
    return {
        label: frozenset(
            code
            for code in own
            if all(
                len(own) < len(other)
                for name, other in wide.items()
                if name != label and code in other
            )
        )
        for label, own in wide.items()
    }


def _spellings(text: str) -> Iterator[str]:
    """A text without an official code, then without brackets and examples, and signs around."""
    folded = OFFICIAL.sub("", fold(text))
    plain = IN_BRACKETS.sub("", folded)
    short = EXAMPLES.sub("", plain)
    for one in dict.fromkeys((folded, plain, short, ALIKE.sub("", short))):
        yield one
        yield one.strip(AROUND)

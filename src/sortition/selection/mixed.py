"""The pairs of features that a lottery is to mix, as somebody writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from sortition.errors import Finding, InputErrors
from sortition.model import Instance
from sortition.tables.labels import fold, listed

ALL = "all"
BETWEEN = re.compile("[×*x]", re.IGNORECASE)

Pair = tuple[str, str]


def pairs_mixed(asked: str | None, instance: Instance) -> tuple[Pair, ...]:
    """The pairs in a text such as ``gender×education,age×region``, or ``all``; none without one.

    Between the features of a pair stands ``×``, ``x`` or ``*``. Each pair and all of them come
    sorted, so that the order in which they are written does not matter.

    Parameters
    ----------
    asked : str or None
    instance : Instance
        Its quotas say which features there are.

    Raises
    ------
    InputErrors
        With every pair that is none, or that stands there twice.
    """
    if asked is None:
        return ()
    features = instance.quotas.features
    if len(features) < 2:
        raise InputErrors((Finding(code="mix-one-feature"),))
    if fold(asked) == ALL:
        return tuple(combinations(features, 2))
    found: dict[Pair, str] = {}
    faults: list[Finding] = []
    for text in map(str.strip, asked.split(",")):
        pairs = sorted(set(_readings(text, features)))
        if not pairs:
            facts = {"known": listed(features), "example": "×".join(features[:2])}
            faults.append(Finding(code="mix-pair-unknown", value=text, facts=facts))
        elif pairs[0] in found:
            facts = {"first": found[pairs[0]]}
            faults.append(Finding(code="mix-pair-twice", value=text, facts=facts))
        else:
            found[pairs[0]] = text
    if faults:
        raise InputErrors(tuple(faults))
    return tuple(sorted(found))


def _readings(text: str, features: Sequence[str]) -> Iterator[Pair]:
    """The pairs of two features that a text can mean: an ``x`` may also be a letter of theirs."""
    spelled = {fold(feature): feature for feature in features}
    for sign in BETWEEN.finditer(text):
        one = spelled.get(fold(text[: sign.start()]))
        other = spelled.get(fold(text[sign.end() :]))
        if one is not None and other is not None and one != other:
            yield (one, other) if one < other else (other, one)

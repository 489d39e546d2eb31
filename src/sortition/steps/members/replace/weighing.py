"""Which quotas are to be kept before others, where not all of them can be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sortition.audit.canonical import Json
from sortition.audit.lottery.file import PublishedQuota
from sortition.errors import Finding
from sortition.tables.labels import fold

WEIGHT = re.compile(r"(?s)(.*?):(.*)=\s*([0-9]{1,4})\s*")
HEAVIEST = 1000


def read_weights(
    written: Sequence[str], quotas: Sequence[PublishedQuota], faults: list[Finding]
) -> dict[int, int]:
    """Weights such as ``age: 60+ = 5``, by the numbers of their quotas; what is wrong is noted."""
    numbers = {
        (fold(quota.category), fold(quota.value)): number for number, quota in enumerate(quotas)
    }
    weights: dict[int, int] = {}
    for text in written:
        found = WEIGHT.fullmatch(text)
        weight = int(found[3]) if found else 0
        if found is None or not 1 <= weight <= HEAVIEST:
            faults.append(Finding(code="weight-form", value=text, facts={"most": HEAVIEST}))
            continue
        number = numbers.get((fold(found[1]), fold(found[2])))
        if number is None:
            faults.append(Finding(code="weight-unknown", value=text, facts=_known(quotas)))
        elif number in weights:
            faults.append(Finding(code="weight-twice", value=text))
        else:
            weights[number] = weight
    return weights


def _known(quotas: Sequence[PublishedQuota]) -> Mapping[str, str | int]:
    return {"known": ", ".join(f"{quota.category}: {quota.value}" for quota in quotas)}


def weighed(weights: Mapping[int, int], quotas: Sequence[PublishedQuota]) -> Iterator[Finding]:
    """Which quotas weigh how much, to be said wherever the round is told."""
    for number, weight in sorted(weights.items()):
        quota = quotas[number]
        facts: Mapping[str, str | int] = {"feature": quota.category, "weight": weight}
        yield Finding(code="quota-weighed", value=quota.value, facts=facts)


def as_facts(weights: Mapping[int, int], quotas: Sequence[PublishedQuota]) -> dict[str, Json]:
    """The same for the log; nothing if there are none."""
    if not weights:
        return {}
    return {
        "weights": [
            {
                "category": quotas[number].category,
                "value": quotas[number].value,
                "weight": weight,
            }
            for number, weight in sorted(weights.items())
        ]
    }

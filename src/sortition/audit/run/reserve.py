"""What a lottery claims of the people in reserve, where its tickets draw some."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sortition.audit.certificate.checks import households_of
from sortition.audit.certificate.proof import Certificate
from sortition.audit.lottery.checks import listed
from sortition.audit.lottery.file import PublishedLottery
from sortition.audit.shapes.run import ALTERNATES, CERTIFICATE, LOTTERY, RESERVE
from sortition.errors import Finding


def check_reserves(lottery: PublishedLottery) -> Iterator[Finding]:
    """Every panel has as many alternates, who are people of the lottery and not on the panel."""
    people, count = frozenset(lottery.people), len(lottery.panels[0].alternates)
    for number, panel in enumerate(lottery.panels):
        place = f"panels[{number}].alternates"
        if not panel.alternates or len(panel.alternates) != count:
            yield _found("verify-reserve-size", place=place, size=len(panel.alternates))
        if len(set(panel.alternates)) < len(panel.alternates):
            yield _found("verify-reserve-twice", place=place)
        for id in sorted(set(panel.alternates) & set(panel.members)):
            yield _found("verify-reserve-seated", value=id, place=place)
        for id in sorted(set(panel.alternates) - people):
            yield _found("verify-stranger", value=id, place=place)


def check_homes(
    lottery: PublishedLottery, certificate: Certificate, manifest: Any
) -> Iterator[Finding]:
    """Panel and alternates together keep the household rule, and all of them can be selected."""
    limit, impossible = manifest["options"]["household_limit"], frozenset(certificate.impossible)
    homes = households_of(lottery, certificate, limit) if limit else {}
    for number, panel in enumerate(lottery.panels):
        place = f"panels[{number}]"
        for id in sorted(impossible & set(panel.alternates)):
            yield _found("verify-impossible", value=id)
        together = (*panel.members, *panel.alternates)
        counts = Counter(homes[id] for id in together if id in homes)
        if any(count > limit for count in counts.values()):
            facts: dict[str, str | int] = {"panel": place, "limit": limit}
            yield Finding(code="verify-reserve-household", file=CERTIFICATE, facts=facts)


def check_list(
    contents: Mapping[str, bytes], manifest: Any, alternates: tuple[str, ...]
) -> Iterator[Finding]:
    """The lists of alternates are there, and hold those of the ticket in their order."""
    for name in RESERVE:
        if name not in contents or name not in manifest["outputs"]:
            yield Finding(code="verify-missing", file=name)
    if ALTERNATES in contents:
        yield from listed(contents[ALTERNATES], ALTERNATES, manifest["lists"], alternates)


def _found(code: str, *, value: str = "", **facts: str | int) -> Finding:
    return Finding(code=code, file=LOTTERY, value=value, facts=facts)

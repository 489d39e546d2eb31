"""What the lottery claims: the panels are in order and keep the quotas, and the seed drew one."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from io import StringIO
from itertools import pairwise
from typing import Any
from unicodedata import normalize

from sortition.audit.claims import Check, checked
from sortition.audit.lottery.file import PublishedLottery, PublishedQuota
from sortition.audit.shapes.run import LOTTERY, MANIFEST, OTHERS, PANEL
from sortition.audit.spreadsheets import neutral
from sortition.errors import Finding
from sortition.model import COMBINATION, mark, names_seated, parts_of

FEW_TICKETS = "check-few-tickets"  # what is not claimed of them
FEWEST_TICKETS = 1000  # with fewer, nobody's chance can be held to three in a thousand


def check_panels(lottery: PublishedLottery) -> Iterator[Finding]:
    """People and panels are in order and different; panels have the right size and some ticket."""
    people = frozenset(lottery.people)
    if not _in_order(lottery.people) or not lottery.people or "" in people:
        yield _unordered("people")
    if not lottery.panels or not _in_order([mark(panel.members) for panel in lottery.panels]):
        yield _unordered("panels")
    if lottery.panel_size < 1:
        yield _found("verify-no-seats", value=str(lottery.panel_size))
    for number, panel in enumerate(lottery.panels):
        place = f"panels[{number}]"
        if not _in_order(panel.members):
            yield _unordered(f"{place}.members")
        if len(panel.members) != lottery.panel_size:
            size, needed = len(panel.members), lottery.panel_size
            yield _found("verify-panel-size", place=place, size=size, needed=needed)
        yield from _strangers(panel.members, people, f"{place}.members")
        if panel.weight < 1:
            yield _found("verify-weight", value=str(panel.weight), place=place)


def few_tickets(lottery: PublishedLottery | None) -> Iterator[Check]:
    """With few tickets it is not claimed that they follow the chances that are proven."""
    if lottery is not None and lottery.ticket_count < FEWEST_TICKETS:
        yield Check(name=FEW_TICKETS, findings=None)


def check_quota_bounds(lottery: PublishedLottery) -> Iterator[Finding]:
    """The quotas are sorted and different, and their bounds are bounds."""
    quotas = lottery.quotas
    if not quotas or not _in_order([(quota.category, quota.value) for quota in quotas]):
        yield _unordered("quotas")
    for quota in quotas:
        if not 0 <= quota.lower <= quota.upper:
            yield _of_quota("verify-quota-bounds", quota)


def check_quota_rows(lottery: PublishedLottery) -> Iterator[Finding]:
    """The quotas are sorted and different, and of each category everybody has one value."""
    people = frozenset(lottery.people)
    quotas = lottery.quotas
    yield from check_quota_bounds(lottery)
    for number, quota in enumerate(quotas):
        place = f"quotas[{number}].members"
        if not _in_order(quota.members):
            yield _unordered(place)
        yield from _strangers(quota.members, people, place)
    for category in sorted({quota.category for quota in quotas} - {COMBINATION}):
        values = Counter(id for q in quotas if q.category == category for id in q.members)
        wrong = [id for id in lottery.people if values[id] != 1]
        if wrong:
            yield _found("verify-quota-values", value=wrong[0], category=category, count=len(wrong))
    yield from _misjoined(lottery)


def _misjoined(lottery: PublishedLottery) -> Iterator[Finding]:
    """The combinations that count others than have their values, as far as these have quotas."""
    single = {
        (quota.category, quota.value): frozenset(quota.members)
        for quota in lottery.quotas
        if quota.category != COMBINATION
    }
    for quota in lottery.quotas:
        if quota.category != COMBINATION or names_seated(quota.category, quota.value):
            continue
        parts = parts_of(quota.value)
        known = [single[part] for part in parts if part in single]
        having = frozenset(lottery.people).intersection(*known)
        counted = frozenset(quota.members)
        others = counted ^ having if len(known) == len(parts) else counted - having
        if others:
            yield _found(
                "verify-quota-values",
                value=min(others),
                category=f"{quota.category}: {quota.value}",
                count=len(others),
            )


def check_quotas(lottery: PublishedLottery) -> Iterator[Finding]:
    """Every panel keeps every quota."""
    numbers: dict[str, list[int]] = {}
    for number, quota in enumerate(lottery.quotas):
        for id in quota.members:
            numbers.setdefault(id, []).append(number)
    for number, panel in enumerate(lottery.panels):
        seats = Counter(n for id in panel.members for n in numbers.get(id, ()))
        for n, quota in enumerate(lottery.quotas):
            if not quota.lower <= seats[n] <= quota.upper:
                yield _of_quota(
                    "verify-quota-broken", quota, place=f"panels[{number}]", seats=seats[n]
                )


def check_draw(ticket: int, manifest: Any) -> Iterator[Finding]:
    """The seed draws the ticket that the manifest states."""
    if not manifest["seed"]:
        yield Finding(code="verify-seed-empty", file=MANIFEST)
    if ticket != manifest["ticket"]:
        stated = str(manifest["ticket"])
        facts = {"drawn": ticket}
        yield Finding(code="verify-ticket", file=MANIFEST, value=stated, facts=facts)


def list_claims(
    contents: Mapping[str, bytes],
    gone: Collection[str],
    form: Any | None,
    drawn: tuple[str, ...] | None,
    people: tuple[str, ...] | None,
) -> Iterator[Check]:
    """What the lists of people claim, but for those that were destroyed."""
    if PANEL not in gone:
        yield checked("check-panel-list", check_panel_list, contents.get(PANEL), form, drawn)
    if OTHERS not in gone:
        others = contents.get(OTHERS)
        yield checked("check-other-list", check_other_list, others, form, drawn, people)


def check_panel_list(content: bytes, manifest: Any, drawn: tuple[str, ...]) -> Iterator[Finding]:
    """The list of the panel holds the people of the ticket, by id."""
    yield from listed(content, PANEL, manifest["lists"], sorted(drawn))


def check_other_list(
    content: bytes, manifest: Any, drawn: tuple[str, ...], people: tuple[str, ...]
) -> Iterator[Finding]:
    """The list of those who were not selected holds everybody else, by id."""
    others = sorted(set(people).difference(drawn))
    yield from listed(content, OTHERS, manifest["lists"], others)


def listed(content: bytes, file: str, form: Any, ids: Sequence[str]) -> Iterator[Finding]:
    """The list in a file holds these people, in this order."""
    try:
        text = StringIO(content.decode("utf-8-sig"), newline="")
        header, *rows = csv.reader(text, delimiter=form["delimiter"], strict=True)
    except (ValueError, csv.Error):
        yield Finding(code="verify-list-unreadable", file=file)
        return
    column = neutral(form["id_column"])
    if column not in header or any(len(row) != len(header) for row in rows):
        yield Finding(code="verify-list-columns", file=file, value=form["id_column"])
        return
    place = header.index(column)
    found = [normalize("NFC", row[place]) for row in rows]
    wanted = [*map(neutral, ids)]
    if found != wanted:
        missing, extra = Counter(wanted) - Counter(found), Counter(found) - Counter(wanted)
        facts = {"missing": missing.total(), "extra": extra.total()}
        yield Finding(code="verify-list", file=file, facts=facts)


def _in_order(items: Sequence[Any]) -> bool:
    """Whether the items are sorted and different."""
    return all(one < other for one, other in pairwise(items))


def _strangers(ids: Sequence[str], people: frozenset[str], place: str) -> Iterator[Finding]:
    unknown = sorted(set(ids) - people)
    if unknown:
        yield _found("verify-stranger", value=unknown[0], place=place)


def _unordered(place: str) -> Finding:
    return _found("verify-order", place=place)


def _of_quota(code: str, quota: PublishedQuota, **facts: str | int) -> Finding:
    bounds = {"lower": quota.lower, "upper": quota.upper}
    return _found(code, value=quota.value, category=quota.category, **bounds, **facts)


def _found(code: str, *, value: str = "", **facts: str | int) -> Finding:
    return Finding(code=code, file=LOTTERY, value=value, facts=facts)

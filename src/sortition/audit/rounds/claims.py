"""All that a log claims of the time after the draw, in the order in which it is looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from sortition.audit.bundle.checks import check_logged_files
from sortition.audit.claims import Check, checked
from sortition.audit.log.purged import PURGED, check_purged
from sortition.audit.log.rounds import PAGE
from sortition.audit.rounds import lottery as of_lottery
from sortition.audit.rounds import replacements as of_round
from sortition.audit.rounds.files import RoundFiles
from sortition.audit.rounds.history import History
from sortition.audit.rounds.late import check_round_late
from sortition.audit.rounds.rulebook import Rulebook
from sortition.audit.shapes.bundle import SEALED
from sortition.errors import Finding

FIRST = "selected"


def history_claims(history: History) -> Iterator[Check]:
    """Every claim, looked at; those of a part only if the part is there."""
    if not history.published:  # a published lottery says so itself
        yield Check(name="check-run-log", findings=tuple(_check_log(history)))
        logged = partial(check_logged_files, history.contents, None)
        yield checked("check-logged-files", logged, history.events or None)
        if any(event.name == PURGED for event in history.events):
            purged = partial(check_purged, history.contents, published=False)
            yield checked("check-purged", purged, history.events)
    if not history.rounds:
        if history.malformed:
            yield Check(name="check-round-forms", findings=history.malformed)
        return
    yield Check(name="check-round-forms", findings=history.malformed)
    yield _claim(
        "check-round-people", history, lambda one: of_round.check_round_people(history, one)
    )
    if any(map(_widened, history.rounds)):
        yield _claim("check-round-late", history, lambda one: check_round_late(history, one))
    if history.published or any(one.announced for one in history.rounds):
        yield _claim(
            "check-round-announced",
            history,
            lambda one: of_round.check_round_announced(history, one),
        )
    yield _claim("check-round-draws", history, of_round.check_round_draw)
    if history.published:
        stated = "check-round-public"
        if any(map(_unfinished, history.rounds)):
            stated = "check-round-public-unfinished"
        yield _claim(stated, history, of_round.check_round_public)
    if not history.published or any(name.startswith(SEALED) for name in history.contents):
        yield from _sealed(history)
    if not history.published or any(
        one.places.list(PAGE) in history.contents for one in history.rounds
    ):
        yield _claim(
            "check-round-lists", history, lambda one: of_round.check_round_lists(history, one)
        )


def _sealed(history: History) -> Iterator[Check]:
    if history.published:
        yield _claim(
            "check-round-told", history, lambda one: of_round.check_round_told(history, one)
        )
    proofs = (
        "check-round-unfinished" if any(map(_unfinished, history.rounds)) else "check-round-proofs"
    )
    names = (
        "check-round-order",
        "check-round-lotteries",
        "check-round-panels",
        "check-round-households",
        proofs,
    )
    if history.rules is None:
        yield from (Check(name=name, findings=None) for name in names)
        return
    checks: tuple[Callable[[RoundFiles], Iterable[Finding]], ...] = (
        lambda one: of_round.check_round_order(_rules(history, one), one),
        lambda one: of_lottery.check_round_lottery(history, _rules(history, one), one),
        of_lottery.check_round_panels,
        lambda one: of_lottery.check_round_households(_rules(history, one), one),
        lambda one: of_lottery.check_round_proof(history, _rules(history, one), one),
    )
    for name, check in zip(names, checks, strict=True):
        yield _claim(name, history, check)


def _rules(history: History, one: RoundFiles) -> Rulebook:
    rules = history.rules_of(one)
    if rules is None:
        raise ValueError("without the first lottery there are no rules")
    return rules


def _widened(one: RoundFiles) -> bool:
    return one.late is not None or (one.record is not None and "late" in one.record)


def _unfinished(one: RoundFiles) -> bool:
    return one.record is not None and one.record["draw"].get("complete") == "no"


def _claim(name: str, history: History, check: Callable[[RoundFiles], Iterable[Finding]]) -> Check:
    """One claim about all rounds; unchecked if the record of one makes no sense."""
    known = all(one.record is not None and one.before is not None for one in history.rounds)

    def check_all(rounds: Sequence[RoundFiles]) -> Iterator[Finding]:
        for one in rounds:
            yield from check(one)

    return checked(name, check_all, history.rounds if known else None)


def _check_log(history: History) -> Iterator[Finding]:
    """No event was changed, left out or put in between; it begins with the selection."""
    yield from history.log_findings
    if history.log_findings:
        return
    names = [event.name for event in history.events]
    if names.count(FIRST) != 1 or names[0] != FIRST:
        facts = {"found": ", ".join(names)}
        yield Finding(code="verify-log-beginning", file=history.log, facts=facts)

"""A round of replacements for people: one page that needs nothing beside itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from sortition.audit.draw.sources import Outcome
from sortition.audit.log.rounds import FROM_ALTERNATES, FROM_SECOND
from sortition.audit.rounds.rulebook import Rulebook
from sortition.errors import Finding
from sortition.model import Language
from sortition.model.fairness import Report
from sortition.pages.template import page
from sortition.pages.wording import Wording, wording
from sortition.steps.members.replace.replacement import Round
from sortition.steps.members.standing import QuotaNow, quotas_now

ROOM = "steps/members/replace"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundContext:
    """What the page is about.

    Attributes
    ----------
    round : Round
        By the names that are published.
    rules : Rulebook
        By the same names.
    ids : mapping of str to str
        The id of everybody, by name.
    report : Report or None
        The figures of the lottery; None if there was none.
    assumptions : tuple of Finding
        What was assumed and noticed.
    original_seed : str or None
        The one that drew the panel.
    rehearsal : bool
        Whether it is a trial that decides nothing.
    """

    round: Round
    rules: Rulebook
    ids: Mapping[str, str]
    report: Report | None
    assumptions: tuple[Finding, ...]
    original_seed: str | None
    rehearsal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRow:
    """A quota, and how many of those who stayed and came count for it."""

    now: QuotaNow
    stayed: int

    @property
    def came(self) -> int:
        """How many of those who came."""
        return self.now.seats - self.stayed


def replacement_html(context: RoundContext, language: Language) -> str:
    """A round as one HTML page, for the screen and for A4 paper.

    It has no script, loads nothing, and names people by their ids alone.
    """
    one, words = context.round, wording(language, ROOM)
    stayers = one.before.without(one.gone, one.unavailable).panel
    rows = [
        QuotaRow(now=now, stayed=before.seats)
        for before, now in zip(
            quotas_now(context.rules, stayers),
            quotas_now(context.rules, one.after.panel),
            strict=True,
        )
    ]
    chances = context.report.selection_probability if context.report else None
    return page(
        ROOM,
        language,
        one=one,
        lead=_lead(one),
        named={
            "gone": sorted(context.ids[name] for name in one.gone),
            "came": [context.ids[name] for name in one.came],
            "unavailable": sorted(context.ids[name] for name in one.unavailable),
        },
        features=[
            (feature, list(of_feature))
            for feature, of_feature in groupby(rows, key=lambda row: row.now.feature)
        ],
        lost=[row.now for row in rows if row.now.short or row.now.over],
        report=context.report,
        chances=chances,
        drawn=_drawn(one.outcome, context.original_seed, words) if one.outcome else (),
        ticket=_ticket(one),
        assumptions=context.assumptions,
        rehearsal=context.rehearsal,
    )


def _lead(one: Round) -> str:
    if one.source == FROM_ALTERNATES:
        return "alternates"
    if one.prepared is None:
        return "nobody"
    return "second" if one.source == FROM_SECOND else "pool"


def _ticket(one: Round) -> str:
    """The ticket with all its digits."""
    if one.prepared is None or one.ticket is None:
        return ""
    return f"{one.ticket:0{len(str(one.prepared.lottery.ticket_count - 1))}d}"


def _drawn(outcome: Outcome, original: str | None, w: Wording) -> tuple[tuple[str, str], ...]:
    """What drew, as names and texts."""
    kind, text = outcome.source.kind, outcome.text
    if kind == "drawn":
        return (w.text("round.source"), w.text("round.source_drawn")), (
            w.text("round.digits"),
            text,
        )
    if kind == "beacon":
        where = w.text("round.source_beacon", round=outcome.source.round)
        return (w.text("round.source"), where), (w.text("round.randomness"), text)
    where = w.text("round.source_chain" if text == original else "round.source_seed")
    return (w.text("round.source"), where), (w.text("round.seed"), text)

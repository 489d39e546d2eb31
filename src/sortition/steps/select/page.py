"""The report for people: one page that needs nothing beside itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sortition.model import Language, seed_hash
from sortition.model.fairness import QuotaOutcome, Report
from sortition.pages.context import Context
from sortition.pages.template import page
from sortition.pages.wording import Wording, sameness, wording
from sortition.steps.select.pictures import QuotaBar, curve, quota_bar

ROOM = "steps/select"
MOST_IDS = 500
BOUNDED_BELOW = {"minimax", "goldilocks"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What is proven, what the lottery reaches, and their distance, as people read them."""

    bound: str
    reached: str
    gap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRow:
    """A quota with what its row of the table shows besides."""

    quota: QuotaOutcome
    share: float
    proportional: float
    bar: QuotaBar


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureTable:
    """The quotas of one feature, drawn on one scale from 0 to `seats`."""

    feature: str
    seats: int
    rows: tuple[QuotaRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mixed:
    """How well the tickets mix the pairs of features that they were to mix.

    Attributes
    ----------
    pairs : str
        The pairs, as people read them.
    combinations : int
        How many combinations of two values they have.
    near : float
        How many of these are less than one seat from their mean, on an average ticket.
    """

    pairs: str
    combinations: int
    near: float


def render_html(
    report: Report, *, context: Context, language: Language = "en", rehearsal: bool = False
) -> str:
    """The report as one HTML page, for the screen and for A4 paper.

    It has no script, loads nothing, and holds ids but neither names nor addresses.

    Parameters
    ----------
    report : Report
    context : Context
    language : {"en", "da"}
    rehearsal : bool
        Whether it is a trial that decides nothing, as the page says then.

    Raises
    ------
    KeyError
        If the catalogue has no words for the objective.
    """
    words = wording(language, ROOM)
    left_out = {id for id, probability in report.people.items() if probability <= 0}
    equal_chance = report.panel_size / report.pool_size
    return page(
        ROOM,
        language,
        r=report,
        context=context,
        features=tuple(_feature_tables(report)),
        met=sum(quota.lower <= quota.selected <= quota.upper for quota in report.quotas),
        curve=curve(report.people.values(), mean=equal_chance),
        equal_chance=equal_chance,
        proof=_proof(report, words),
        mixed=_mixed(report, context),
        no_chance=sorted(left_out.difference(context.impossible)),
        ticketless=[id for id in report.tickets.without if id not in left_out],
        most_ids=MOST_IDS,
        number_width=len(str(report.tickets.count - 1)),
        same=sameness(
            language,
            objective=report.objective,
            complete=context.complete,
            settled=context.settled,
        ),
        rehearsal=rehearsal,
        seed_hash=None if report.seed is None else seed_hash(report.seed),
    )


def _proof(report: Report, w: Wording) -> Proof:
    bound, gap = report.certificate.bound, report.certificate.gap
    reached = bound + gap if report.objective in BOUNDED_BELOW else bound - gap
    if report.objective == "goldilocks":
        return Proof(bound=w.decimal(bound, 4), reached=w.decimal(reached, 4), gap=w.at_most(gap))
    return Proof(bound=w.percent(bound), reached=w.percent(reached), gap=w.points(gap))


def _mixed(report: Report, context: Context) -> Mixed:
    cells = [cell for cell in report.dispersion.intersections if cell.features in context.mixed]
    return Mixed(
        pairs=", ".join("×".join(pair) for pair in context.mixed),
        combinations=len(cells),
        near=sum(cell.near for cell in cells),
    )


def _feature_tables(report: Report) -> Iterator[FeatureTable]:
    for feature, group in groupby(report.quotas, key=lambda quota: quota.feature):
        quotas = tuple(group)
        shares = [quota.pool / report.pool_size for quota in quotas]
        wanted = [report.panel_size * share for share in shares]
        seats = _scale(quotas, wanted, report.panel_size)
        rows = tuple(
            QuotaRow(
                quota=quota,
                share=share,
                proportional=proportional,
                bar=quota_bar(quota, proportional=proportional, seats=seats),
            )
            for quota, share, proportional in zip(quotas, shares, wanted, strict=True)
        )
        yield FeatureTable(feature=feature, seats=seats, rows=rows)


def _scale(quotas: tuple[QuotaOutcome, ...], wanted: list[float], panel_size: int) -> int:
    """How far the scale of a feature reaches; an upper bound can lie beyond the panel."""
    bounds = [min(max(quota.upper, quota.lower), panel_size) for quota in quotas]
    return max(1, *bounds, *(quota.selected for quota in quotas), *(-int(-x // 1) for x in wanted))

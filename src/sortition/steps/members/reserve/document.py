"""Alternates for programs: ``alternates.json``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sortition.audit.documents import indented
from sortition.errors import Finding
from sortition.selection.reserve.choice import Reserve
from sortition.selection.reserve.dropouts import SEEN, DropoutRates
from sortition.selection.reserve.second_panel import SecondPanel
from sortition.selection.reserve.trials import JUDGED, SETS
from sortition.texts import describe

SCHEMA = "sortition-alternates/1"
DOMAIN = "alternates/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternatesContext:
    """Where alternates come from.

    Attributes
    ----------
    panel_size : int
    alternates : tuple of str
        As the lottery names people; a reserve in the order in which they are called.
    lottery_digest : str
        Of the lottery that drew the panel.
    seed : str
    seed_given : bool
        Whether it was given for this, and is not the one that drew the panel.
    rehearsal : bool
        Whether it is a trial that decides nothing.
    domain : str
        In which the seed is used.
    rates : DropoutRates
    rates_learnt : bool
        Whether they come from counts of former assemblies.
    rates_file : str or None
    assumptions : tuple of Finding
    versions : mapping of str to str
    """

    panel_size: int
    alternates: tuple[str, ...]
    lottery_digest: str
    seed: str
    seed_given: bool
    rehearsal: bool
    domain: str
    rates: DropoutRates
    rates_learnt: bool
    rates_file: str | None
    assumptions: tuple[Finding, ...]
    versions: Mapping[str, str]


def reserve_json(reserve: Reserve, *, context: AlternatesContext) -> bytes:
    """A reserve with its figures."""
    rates = context.rates
    return indented(
        {
            **_head("reserve", context),
            "dropout": {
                "base": float(rates.base),
                "of_values": [
                    {"feature": feature, "value": value, "rate": float(rate)}
                    for (feature, value), rate in rates.of_values.items()
                ],
                "file": context.rates_file,
                "learnt": context.rates_learnt,
                "seen": [list(pair) for pair in SEEN],
                "lowest": reserve.chances[0],
                "highest": reserve.chances[1],
                "expected": reserve.expected_dropouts,
            },
            "choice": {
                "people": reserve.people,
                "kinds": reserve.kinds,
                "sets": SETS,
                "judged_on": JUDGED,
                "program": asdict(reserve.program) if reserve.program else None,
            },
            "expected_deviation": [
                {"rule": figure.rule, "mean": figure.damage.mean, "error": figure.damage.error}
                for figure in reserve.rules
            ],
            "expected_deviation_with_the_first": [
                {"mean": damage.mean, "error": damage.error} for damage in reserve.prefixes
            ],
            **_tail(context),
        }
    )


def second_json(second: SecondPanel, *, context: AlternatesContext) -> bytes:
    """A second panel with how it was drawn."""
    return indented(
        {
            **_head("second panel", context),
            "draw": {
                "pool": len(second.prepared.instance.pool),
                "objective": second.prepared.rules.objective,
                "tickets": second.prepared.rules.tickets,
                "ticket": second.ticket,
                "lottery_digest": second.prepared.digest,
                "complete": second.prepared.complete,
            },
            **_tail(context),
        }
    )


def _head(kind: str, context: AlternatesContext) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "kind": kind,
        "alternates": list(context.alternates),
        "panel_size": context.panel_size,
        "lottery_digest": context.lottery_digest,
        "seed": context.seed,
        "seed_given": context.seed_given,
        "domain": context.domain,
    }


def _tail(context: AlternatesContext) -> dict[str, Any]:
    return {"assumed": list(map(describe, context.assumptions)), "versions": dict(context.versions)}

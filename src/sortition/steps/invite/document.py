"""The report of an invitation for programs: ``report.json``. A probability is two integers."""

from __future__ import annotations

from fractions import Fraction

from sortition.audit.documents import indented
from sortition.steps.invite.facts import InviteFacts
from sortition.texts import describe

SCHEMA = "sortition-invitation/1"


def invite_json(facts: InviteFacts) -> bytes:
    """The figures of an invitation as a JSON document, with no id in it."""
    return indented(
        {
            "schema": SCHEMA,
            "registry": {
                "file": facts.registry,
                "people": facts.people,
                "invited_before": facts.excluded,
                **(
                    {
                        "left_out": [
                            {"reason": reason, "file": file, "people": count}
                            for reason, file, count in facts.left_out
                        ]
                    }
                    if facts.left_out
                    else {}
                ),
                "units": facts.units,
                "population": facts.population,
                "part": facts.part,
                "merged": facts.merged,
            },
            "design": facts.design,
            "wave": facts.wave,
            "asked": facts.asked,
            "invited": facts.invited,
            "tickets": {
                "seed": facts.seed,
                "seed_hash": facts.seed_hash,
                "domain": facts.domain,
                "household_domain": facts.home_domain,
                "pseudonyms": facts.pseudonyms,
            },
            "strata": {
                "columns": list(facts.columns),
                "rows": [
                    {
                        "values": list(stratum.values),
                        "population": stratum.population,
                        "letters": stratum.letters,
                        "rate": _pair(stratum.rate),
                        "drawn": stratum.drawn,
                        "last_ticket": stratum.last_ticket,
                    }
                    for stratum in facts.strata
                ],
            },
            "chances": [{"chance": _pair(chance), "people": n} for chance, n in facts.chances],
            "chances_by_stratum": [
                {
                    "values": list(group.values),
                    "people": group.people,
                    "lowest": _pair(group.lowest),
                    "mean": _pair(group.mean),
                    "highest": _pair(group.highest),
                }
                for group in facts.groups
            ],
            "overlay": _overlay(facts),
            "clusters": _clusters(facts),
            "channels": {"column": facts.channel, "letters": dict(facts.channels)},
            "assumed": list(map(describe, facts.assumptions)),
            "versions": dict(facts.versions),
        }
    )


def _pair(fraction: Fraction) -> list[int]:
    return [fraction.numerator, fraction.denominator]


def _overlay(facts: InviteFacts) -> object:
    overlay = facts.overlay
    if overlay is None:
        return None
    inside, outside = overlay.rates
    return {
        "column": overlay.column,
        "values": list(overlay.values),
        "share": _pair(overlay.share),
        "inside": {
            "people": overlay.inside[0],
            "letters": overlay.inside[1],
            "rate": _pair(inside),
        },
        "outside": {
            "people": overlay.outside[0],
            "letters": overlay.outside[1],
            "rate": _pair(outside),
        },
        "ratio": _pair(overlay.ratio) if overlay.ratio is not None else None,
    }


def _clusters(facts: InviteFacts) -> object:
    first = facts.first_stage
    if first is None:
        return None
    return {
        "count": first.count,
        "certain": first.certain,
        "outcome": str(first.outcome),
        "outcomes": str(first.outcomes),
        "letters": dict(first.letters),
        "chances": {name: _pair(chance) for name, chance in first.chances.items()},
    }

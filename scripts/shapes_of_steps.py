"""The shapes of the documents that the steps write for programs, beside those that are verified.

The notation is that of `sortition.audit.documents`. A key with a question mark may be missing, and
the key ``*`` stands for any others.
"""

from __future__ import annotations

from typing import get_args

from sortition.audit.shapes.run import REPORT_SHAPE
from sortition.selection.compared import Known, RuleName
from sortition.steps.check.demographics import Verdict
from sortition.steps.check.supply import Stock
from sortition.steps.members.calls import CallStatus

INPUT = {"file": str, "sha256": str}
PAIR = [int, int]
NUMBER, COUNT, TEXT = (float, None), (int, None), (str, None)
ASSUMED = {"assumed": [str], "versions": {"*": str}}
BOUNDS = {"feature": str, "value": str, "min": COUNT, "max": COUNT}
MEASURED = {"mean": float, "error": float}
GROUP = {"feature": str, "value": str}
SEATS = {**GROUP, "lower": int, "upper": int}
SPREAD = {"0.05": float, "0.25": float, "0.5": float, "0.75": float, "0.95": float}
ESTIMATED = {"probability": float, "successes": int, "trials": int, "lower": float, "upper": float}
WITHIN = ({"probability": float, "lower": float, "upper": float}, None)
CHANCES = REPORT_SHAPE["selection_probability"]
OVERLAID = {"people": int, "letters": int, "rate": PAIR}

QUOTAS = {
    "schema": "sortition-quotas/1",
    "version": str,
    "size": int,
    "method": str,
    "at_least": int,
    "width": int,
    "ages": [str],
    "names": {"*": str},
    "quotas": [
        {
            **GROUP,
            "min": int,
            "max": int,
            "population": str,
            "share": PAIR,
            "seats": int,
        }
    ],
    "sources": [
        {
            "file": str,
            "sheet": str,
            "sha256": str,
            "area": str,
            "time": str,
            "features": [str],
            "left_out": str,
        }
    ],
    "assumed": [str],
}
PLAN = {
    "invitations": int,
    "schema": "sortition-plan/1",
    "inputs": {"*": INPUT},
    "options": dict,
    "expected_answers": float,
    "chance_of_enough": float,
    "learnt": ({"overall_rate": float, "worth": float}, None),
    "strata": [
        {
            "values": {"*": str},
            "population": COUNT,
            "rate": float,
            "worth": float,
            "learnt": bool,
            "seats": float,
            "needed": int,
            "wanted": int,
            "invitations": int,
            "expected_answers": float,
            "chance": float,
        }
    ],
    "simulation": (
        {
            "trials": int,
            "quotas_met": ESTIMATED,
            "curve": [{"part": float, "invitations": int, "quotas_met": ESTIMATED}],
            "answers": SPREAD,
            "lowest_chance": {f"{name}?": number for name, number in SPREAD.items()},
            "too_few": [
                {
                    **GROUP,
                    "trials": int,
                    "helped_by?": {"stratum": [str], "answers_of_100_letters": float},
                }
            ],
            "not_together": int,
        },
        None,
    ),
    **ASSUMED,
}
INVITATION = {
    "schema": "sortition-invitation/1",
    "registry": {
        "file": str,
        "people": int,
        "invited_before": int,
        "left_out?": [{"reason": str, "file": TEXT, "people": int}],
        "units": ("people", "addresses"),
        "population": int,
        "part": bool,
        "merged": bool,
    },
    "design": TEXT,
    "wave": int,
    "asked": int,
    "invited": int,
    "tickets": {
        "seed": str,
        "seed_hash": str,
        "domain": str,
        "household_domain": str,
        "pseudonyms": bool,
    },
    "strata": {
        "columns": [str],
        "rows": [
            {
                "values": [str],
                "population": int,
                "letters": int,
                "rate": PAIR,
                "drawn": int,
                "last_ticket": str,
            }
        ],
    },
    "chances": [{"chance": PAIR, "people": int}],
    "chances_by_stratum": [
        {"values": [str], "people": int, "lowest": PAIR, "mean": PAIR, "highest": PAIR}
    ],
    "overlay": (
        {
            "column": str,
            "values": [str],
            "share": PAIR,
            "inside": OVERLAID,
            "outside": OVERLAID,
            "ratio": (PAIR, None),
        },
        None,
    ),
    "clusters": (
        {
            "count": int,
            "certain": int,
            "outcome": str,
            "outcomes": str,
            "letters": {"*": int},
            "chances": {"*": PAIR},
        },
        None,
    ),
    "channels": {"column": TEXT, "letters": {"*": int}},
    **ASSUMED,
}
INVITATION_MANIFEST = {
    "schema": "sortition-invitation-manifest/1",
    "inputs": [INPUT],
    "options": dict,
    "id_column": TEXT,
    "seed": str,
    "wave": int,
    "key_sha256": TEXT,
    "invited": int,
    **ASSUMED,
    "outputs": {"*": str},
}
COUNTS = {
    "columns": [str],
    "schema": "sortition-counts/1",
    "strata": [{"population": int, "values": [str]}],
    "units": ("people", "addresses"),
}
ALLOCATION = {
    "columns": [str],
    "population": int,
    "schema": "sortition-allocation/1",
    "strata": [
        {
            "handed_over": int,
            "letters": int,
            "members": [[str]],
            "population": int,
            "values": [str],
        }
    ],
    "strata_columns": [str],
    "units": ("people", "addresses"),
}
INTAKE = {
    "schema": "sortition-intake/1",
    "inputs": [{"what": str, **INPUT}],
    "options": dict,
    "rows": int,
    "blank_rows": int,
    "answers": int,
    "people": int,
    "answered_more_than_once": int,
    "left_out": [{"reason": str, "detail": str, "people": int}],
    "asked_again": int,
    "pool": int,
    "without_code": COUNT,
    "not_answered": COUNT,
    "frames": [{"list": str, "asked": int, "answered": int, "pool": int}],
    "asked": [{"list": str, **GROUP, "asked": int, "answered": int}],
    "columns": [{"file": str, "feature": str, "question": str, "how": str}],
    "values": {
        "*": [
            {
                "value": str,
                "people": int,
                "ways": {"*": int},
                "words": [{"word": str, "people": int}],
            }
        ]
    },
    "without_value": [dict],
    "added": [{**GROUP, "min": int, "max": int, "people": int}],
    "assumed": [str],
}
CHECK = {
    "schema": "sortition-check/1",
    "verdict": ("feasible", "infeasible", "no pool"),
    "inputs": {"pool": (INPUT, None), "quotas": INPUT, "population": (INPUT, None)},
    "options": dict,
    "panel_size": int,
    "pool_size": COUNT,
    "quotas": [
        {
            **GROUP,
            "min": int,
            "max": int,
            "min_flex": COUNT,
            "max_flex": COUNT,
            "penalty": NUMBER,
            "population": (
                {"share": float, "seats": float, "apart": float, "verdict": get_args(Verdict)},
                None,
            ),
            "pool": (
                {"people": int, "share": float, "stock": get_args(Stock), "spare": COUNT},
                None,
            ),
            "loosening": (
                {"bound": ("lower", "upper"), "seats": int, "gain": float, "at_most": float},
                None,
            ),
        }
    ],
    "chances": ({"lowest": NUMBER, "bound": NUMBER}, None),
    "excluded": (
        [{"ids": [str], "in_common": [GROUP], "conflict": [BOUNDS], "households": bool}],
        None,
    ),
    "indispensable": ([str], None),
    "infeasible": (
        {
            "conflict": [{**BOUNDS, "people": int}],
            "households": bool,
            "change": [{**GROUP, "min": int, "max": int, "min_before": int, "max_before": int}],
            "beyond_flex": bool,
        },
        None,
    ),
    **ASSUMED,
}
COMPARISON = {
    "schema": "sortition-comparison/1",
    "inputs": {"*": INPUT},
    "options": dict,
    "pool_size": int,
    "panel_size": int,
    "impossible": int,
    "rules": [
        {
            "rule": get_args(RuleName),
            "known": get_args(Known),
            "selection_probability": CHANCES,
            "without_chance": int,
            "lowest": WITHIN,
            "highest": WITHIN,
            "gap": NUMBER,
            "largest_deviation": NUMBER,
            "seconds": float,
            "probabilities": [float],
        }
    ],
    "quotas": [{**SEATS, "pool": int, "expected": {"*": float}}],
    "uniform": ({"panels": TEXT, "diagnostics": ({"*": NUMBER}, None)}, None),
    "legacy": {"panels": int, "attempts": int, "never_drawn_upper": NUMBER},
    "manipulation?": [
        {
            "rule": str,
            "tried": int,
            "lies": int,
            "best": ({"changed": [[str, str, str]], "honest": float, "lying": float}, None),
            "average_gain": float,
            "complete": bool,
        }
    ],
    "not_found?": [{"rule": str, "status": str}],
    **ASSUMED,
}
_RESERVE = {
    "schema": "sortition-alternates/1",
    "alternates": [str],
    "panel_size": int,
    "lottery_digest": str,
    "seed": str,
    "seed_given": bool,
    "domain": str,
    **ASSUMED,
}
ALTERNATES = (
    {
        **_RESERVE,
        "kind": "reserve",
        "dropout": {
            "base": float,
            "of_values": [{**GROUP, "rate": float}],
            "file": TEXT,
            "learnt": bool,
            "seen": [PAIR],
            "lowest": float,
            "highest": float,
            "expected": float,
        },
        "choice": {
            "people": int,
            "kinds": int,
            "sets": int,
            "judged_on": int,
            "program": (
                {"sets": int, "search": float, "value": NUMBER, "bound": float},
                None,
            ),
        },
        "expected_deviation": [{"rule": str, **MEASURED}],
        "expected_deviation_with_the_first": [MEASURED],
    },
    {
        **_RESERVE,
        "kind": "second panel",
        "draw": {
            "pool": int,
            "objective": str,
            "tickets": int,
            "ticket": int,
            "lottery_digest": str,
            "complete": bool,
        },
    },
)
CALLS = {
    "people": [
        {
            "attempts": int,
            "deadline": str,
            "id": str,
            "note": str,
            "status": get_args(CallStatus),
        }
    ],
    "schema": "sortition-calls/1",
}
STATUS = {
    "schema": "sortition-status/1",
    "rehearsal": bool,
    "size": int,
    "panel": [str],
    "answers": dict.fromkeys(get_args(CallStatus), int),
    "declined": [str],
    "open": int,
    "rounds": int,
    "quotas": [{**SEATS, "panel": int, "confirmed": int}],
    "alternates": [str],
    "alternates_ordered": bool,
    "substitutes": ([{"id": str, "people": int}], None),
    "late": ([{"id": str, "deadline": str}], None),
}
SEATING = {
    "schema": "sortition-seating/1",
    "people": int,
    "tables": int,
    "chairs": [int],
    "sessions": int,
    "held": int,
    "meetings": {"different": int, "at_most": int, "again": int, "most_often": int},
    "mix": {
        "features": [str],
        "uneven": int,
        "tables": [
            {
                "session": int,
                "table": int,
                "people": int,
                "counts": {"*": {"*": int}},
                "uneven": int,
            }
        ],
    },
    "rules": {"kept": int, "broken": [{"session": int, "rule": str}]},
    "moved": [{"session": int, "id": str}],
    "by_chance": {"plans": int, "meetings": float, "again": float, "uneven": float},
    "exchanges": int,
    "inputs": {"*": str},
    "options": dict,
    "seed": str,
    **ASSUMED,
    "outputs": {"*": str},
}
EVALUATION = {
    "schema": "sortition-evaluation/1",
    "places": int,
    "panel": int,
    "confirmed": COUNT,
    "quotas_met": int,
    "sessions": [{"session": int, "attended": int, "quotas_met": int}],
    "came_always": int,
    "came_never": int,
    "groups": [
        {**SEATS, "population": NUMBER, "panel": int, "confirmed": COUNT, "attended": [int]}
    ],
    "questionnaire": (
        {
            "smallest": int,
            "answered": COUNT,
            "members": int,
            "questions": [
                {
                    "question": str,
                    "answers": COUNT,
                    "disagree": COUNT,
                    "neither": COUNT,
                    "agree": COUNT,
                    "disagree_at_least?": int,
                    "neither_at_least?": int,
                    "agree_at_least?": int,
                }
            ],
        },
        None,
    ),
    "assumed": [str],
}
_CHANCE = {"people": int, "letter": float, "answering": float, "pool": float, "total": float}
FUNNEL = {
    "schema": "sortition-funnel/1",
    "inputs": {"*": INPUT},
    "options": dict,
    "stages": [{"stage": str, "people": COUNT, "rate": NUMBER}],
    "features": [
        {
            "feature": str,
            "stages": [str],
            "groups": [
                {
                    "value": str,
                    "counts": [COUNT],
                    "rates": [NUMBER],
                    "shares": [NUMBER],
                    "representation": [NUMBER],
                }
            ],
        }
    ],
    "not_reached": [{**GROUP, "stage": str, "representation": float}],
    "left_out": int,
    "chances": (
        {
            "equal": float,
            "everybody": _CHANCE,
            "unknown": int,
            "strata": [str],
            "groups": [{**GROUP, **_CHANCE}],
        },
        None,
    ),
    **ASSUMED,
}
ROSTER = {
    "schema": "sortition-roster/1",
    "delimiter": str,
    "encoding": str,
    "id_column": TEXT,
    "header": [str],
    "people": [{"id": str, "row": [str]}],
}
CHANGE = {"folders": [str], "new": [str], "replaced": [str], "schema": "sortition-change/1"}

SHAPES = {
    "quotas-1": (QUOTAS, "What `quotas --json` prints."),
    "plan-1": (
        PLAN,
        "`plan.json`: how many letters to each group, and how the plan did in trials.",
    ),
    "invitation-1": (INVITATION, "`report.json` of `invite`: from how many, at which rates."),
    "invitation-manifest-1": (INVITATION_MANIFEST, "`manifest.json` of `invite`."),
    "counts-1": (COUNTS, "`counts.json`: how many a keeper of a registry has in each stratum."),
    "allocation-1": (ALLOCATION, "`allocation.json`: how many letters each stratum gets."),
    "intake-1": (INTAKE, "`intake.json`: what became of the answers, in figures."),
    "check-1": (CHECK, "`check.json`: whether a panel is possible, and what is scarce."),
    "comparison-1": (COMPARISON, "`compare.json`: what the rules give the same pool."),
    "alternates-1": (ALTERNATES, "`alternates.json`: a reserve, or a second panel."),
    "calls-1": (CALLS, "`calls-1.json`, …: what people answered when they were called."),
    "status-1": (STATUS, "What `status --json` prints."),
    "seating-1": (SEATING, "`seating.json`: how mixed the tables are, and who meets."),
    "evaluation-1": (EVALUATION, "`evaluation.json`: the panel beside its quotas."),
    "funnel-1": (FUNNEL, "`funnel.json`: from the registry to the panel, stage by stage."),
    "roster-1": (ROSTER, "`roster.json`: the pool as it came, for the office alone."),
    "change-1": (CHANGE, "`journal.json`, while a folder changes."),
}

"""The figures of report.json, computed again from the inputs and the lottery."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations, groupby
from math import prod
from typing import Any

import pytest

from tests.cli.running import SEED, Bounds, Row, rows_of

SHAPE = {
    "schema": str,
    "pool_size": int,
    "panel_size": int,
    "objective": str,
    "seed": str,
    "lottery_digest": str,
    "selection_probability": {
        "lowest": float,
        "lowest_positive": float,
        "highest": float,
        "mean": float,
        "geometric_mean": float,
        "gini": float,
        "impossible": int,
    },
    "certificate": {"bound": float, "gap": float, "cuts": int},
    "tickets": {"count": int, "lowest": float, "largest_deviation": float},
    "dispersion": {
        "panels": int,
        "compositions": int,
        "company": {
            "pairs": int,
            "never": float,
            "never_independent": float,
            "closest": float,
            "closest_highest": float,
            "nearly_always": int,
            "forced": int,
            "certain": int,
        },
        "intersections": [
            {
                "features": [str],
                "values": [str],
                "pool": int,
                "mean": float,
                "fewest": int,
                "most": int,
                "near": float,
            }
        ],
    },
    "quotas": [
        {
            "feature": str,
            "value": str,
            "lower": int,
            "upper": int,
            "pool": int,
            "expected": float,
            "selected": int,
        }
    ],
    "people": [{"id": str, "probability": float}],
    "seconds": {"read": float, "optimise": float, "decompose": float, "total": float},
}


def shape_of(value: Any) -> Any:
    """The types in a document; a list by its first entry, if all its entries are of one shape."""
    if isinstance(value, dict):
        return {key: shape_of(part) for key, part in value.items()}
    if isinstance(value, list):
        shapes = [shape_of(part) for part in value]
        assert len(set(map(repr, shapes))) == 1
        return shapes[:1]
    return type(value)


def test_the_shape_of_the_report(report: Any) -> None:
    assert repr(shape_of(report)) == repr(SHAPE)  # in this order, too
    assert report["schema"] == "sortition-report/2"
    assert (report["pool_size"], report["panel_size"]) == (500, 36)
    assert (report["objective"], report["seed"]) == ("leximin", SEED)


def test_the_probabilities_of_the_report(report: Any, pool: list[Row]) -> None:
    people, figures = report["people"], report["selection_probability"]
    assert [person["id"] for person in people] == sorted(row["deltager_id"] for row in pool)
    chances = [person["probability"] for person in people]
    assert all(0 <= chance <= 1 for chance in chances)
    assert sum(chances) == pytest.approx(36, abs=1e-6)
    assert (figures["lowest"], figures["highest"]) == (min(chances), max(chances))
    assert figures["lowest_positive"] == min(chances)
    assert figures["impossible"] == 0
    assert figures["mean"] == pytest.approx(36 / 500)
    assert figures["geometric_mean"] == pytest.approx(prod(c ** (1 / 500) for c in chances))
    differences = sum(abs(a - b) for a in chances for b in chances)
    assert figures["gini"] == pytest.approx(differences / (2 * 500 * 36))


def test_the_proof_of_the_report(report: Any) -> None:
    """137 volunteers share at most five seats, so nobody can promise all of them more."""
    proof, lowest = report["certificate"], report["selection_probability"]["lowest_positive"]
    assert proof["bound"] == pytest.approx(5 / 137, abs=1e-9)
    assert proof["gap"] == pytest.approx(proof["bound"] - lowest, abs=1e-15)
    assert 0 <= proof["gap"] < 1e-8


def test_the_share_of_seats_that_is_scarcest(report: Any, pool: list[Row]) -> None:
    """The lowest chance is that of everybody whose value has the fewest seats a head."""
    chance = {person["id"]: person["probability"] for person in report["people"]}
    longest = [row["deltager_id"] for row in pool if row["uddannelse"] == "Lang videregående"]
    assert [chance[id] for id in longest] == pytest.approx([float(Fraction(5, 137))] * 137)


def test_the_quotas_of_the_report(
    report: Any,
    files: dict[str, bytes],
    pool: list[Row],
    bounds: Bounds,
) -> None:
    chance = {person["id"]: person["probability"] for person in report["people"]}
    panel = rows_of(files["panel.csv"])
    for quota in report["quotas"]:
        feature, value = quota["feature"], quota["value"]
        holders = [row["deltager_id"] for row in pool if row[feature] == value]
        assert (quota["lower"], quota["upper"]) == bounds[feature, value]
        assert quota["pool"] == len(holders)
        assert quota["expected"] == pytest.approx(sum(chance[id] for id in holders))
        assert quota["selected"] == sum(row[feature] == value for row in panel)
        assert quota["lower"] <= quota["selected"] <= quota["upper"]
        assert quota["lower"] - 1e-6 < quota["expected"] < quota["upper"] + 1e-6
    pairs = [(quota["feature"], quota["value"]) for quota in report["quotas"]]
    assert pairs == sorted(bounds)
    for _, group in groupby(report["quotas"], key=lambda quota: quota["feature"]):
        rows = list(group)
        assert sum(quota["pool"] for quota in rows) == 500
        assert sum(quota["selected"] for quota in rows) == 36
        assert sum(quota["expected"] for quota in rows) == pytest.approx(36)


def test_the_tickets_of_the_report(report: Any, lottery: Any) -> None:
    held: Counter[str] = Counter()
    for panel in lottery["panels"]:
        held.update(dict.fromkeys(panel["members"], panel["weight"]))
    shares = {person["id"]: held[person["id"]] / 1000 for person in report["people"]}
    distances = [abs(shares[p["id"]] - p["probability"]) for p in report["people"]]
    assert report["tickets"]["count"] == 1000
    assert report["tickets"]["lowest"] == min(shares.values())
    # both are printed to nine decimals
    assert report["tickets"]["largest_deviation"] == pytest.approx(max(distances), abs=1e-9)
    assert max(distances) < 0.01


def test_how_the_tickets_of_the_report_mix_people(
    report: Any, lottery: Any, pool: list[Row]
) -> None:
    stated = report["dispersion"]
    panels = [(panel["members"], panel["weight"]) for panel in lottery["panels"]]
    assert stated["panels"] == len(panels)
    met = {pair for members, _ in panels for pair in combinations(members, 2)}
    assert stated["company"]["pairs"] == 500 * 499 // 2
    assert stated["company"]["never"] == pytest.approx(1 - len(met) / (500 * 499 // 2), abs=1e-9)
    by_id = {row["deltager_id"]: row for row in pool}
    assert stated["intersections"]
    for cell in stated["intersections"]:
        wanted = list(zip(cell["features"], cell["values"], strict=True))
        both = {id for id, row in by_id.items() if all(row[f] == v for f, v in wanted)}
        seats = [len(both.intersection(members)) for members, _ in panels]
        mean = sum(s * weight for s, (_, weight) in zip(seats, panels, strict=True)) / 1000
        assert (cell["pool"], cell["fewest"], cell["most"]) == (len(both), min(seats), max(seats))
        assert cell["mean"] == pytest.approx(mean, abs=1e-9)
        near = sum(
            weight for s, (_, weight) in zip(seats, panels, strict=True) if -1 < s - mean < 1
        )
        assert cell["near"] == pytest.approx(near / 1000, abs=1e-9)


def test_the_seconds_of_the_report(report: Any) -> None:
    *parts, total = report["seconds"].values()
    assert all(seconds > 0 for seconds in parts)
    assert sum(parts) <= total

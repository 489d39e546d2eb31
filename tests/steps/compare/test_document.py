from __future__ import annotations

import json

import pytest

from sortition.steps.compare.document import compare_json

from .compared import compare_context, exact, huge, objectives_alone, walked, without_nash


def test_document_holds_the_figures_of_every_rule() -> None:
    document = json.loads(compare_json(exact(), context=compare_context()))
    assert list(document) == [
        *("schema", "inputs", "options", "pool_size", "panel_size", "impossible", "rules"),
        *("quotas", "uniform", "legacy", "assumed", "versions"),
    ]
    assert document["schema"] == "sortition-comparison/1"
    assert document["inputs"]["pool"] == {"file": "pulje.xlsx", "sha256": "ab" * 32}
    assert document["options"] == {"size": 3, "gamma": 0.5}
    rules = {rule["rule"]: rule for rule in document["rules"]}
    assert list(rules) == [
        *("leximin", "maximin", "nash", "minimax", "goldilocks", "uniform", "legacy")
    ]
    assert list(rules["leximin"]) == [
        *("rule", "known", "selection_probability", "without_chance", "lowest", "highest", "gap"),
        *("largest_deviation", "seconds", "probabilities"),
    ]
    assert rules["minimax"]["without_chance"] == 1
    assert rules["uniform"]["probabilities"] == [0.04, *[0.28] * 6, 0.64, 0.64]
    assert rules["uniform"]["gap"] is None
    assert list(rules["legacy"]["lowest"]) == ["probability", "lower", "upper"]
    assert document["uniform"] == {"panels": "25", "diagnostics": None}
    assert document["legacy"] == {"panels": 2000, "attempts": 2000, "never_drawn_upper": None}
    first = document["quotas"][0]
    assert {name: first[name] for name in ("feature", "value", "lower", "upper", "pool")} == {
        **{"feature": "a", "value": "N", "lower": 0, "upper": 3, "pool": 7},
    }
    assert list(first["expected"]) == list(rules)
    assert first["expected"]["leximin"] == pytest.approx(1.75)


def test_document_names_nobody() -> None:
    for comparison in (exact(), walked(r_hat=1.1), objectives_alone()):
        assert b'"P' not in compare_json(comparison, context=compare_context())


def test_document_says_what_json_cannot() -> None:
    walks = json.loads(compare_json(walked(r_hat=1.1), context=compare_context()))
    assert walks["uniform"]["panels"] is None
    assert walks["uniform"]["diagnostics"]["effective"] is None  # was infinite
    assert walks["uniform"]["diagnostics"]["r_hat"] == 1.1
    assert walks["legacy"]["never_drawn_upper"] == 0.0019
    many = json.loads(compare_json(huge(), context=compare_context()))
    assert many["uniform"]["panels"] == "123456" + "0" * 40


def test_document_without_the_simple_rules() -> None:
    document = json.loads(compare_json(objectives_alone(), context=compare_context()))
    assert document["uniform"] is None
    assert (document["legacy"]["panels"], document["legacy"]["attempts"]) == (0, 2048)
    assert document["impossible"] == 3
    assert "uniform" not in document["quotas"][0]["expected"]


def test_document_names_the_objectives_that_are_missing() -> None:
    document = json.loads(compare_json(without_nash(), context=compare_context()))
    assert document["not_found"] == [{"rule": "nash", "status": "the steps did not end"}]
    assert "nash" not in {rule["rule"] for rule in document["rules"]}

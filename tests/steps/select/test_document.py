from __future__ import annotations

import json
from dataclasses import replace

import pytest

from sortition.steps.select.document import report_json
from tests.steps.select.samples import LOTTERY_DIGEST, tiny_report

GOLDEN = f"""{{
 "schema": "sortition-report/2",
 "pool_size": 6,
 "panel_size": 2,
 "objective": "leximin",
 "seed": "63454660390103169462",
 "lottery_digest": "{LOTTERY_DIGEST}",
 "selection_probability": {{
  "lowest": 0.25,
  "lowest_positive": 0.25,
  "highest": 0.5,
  "mean": 0.375,
  "geometric_mean": 0.3125,
  "gini": 0.125,
  "impossible": 0
 }},
 "certificate": {{
  "bound": 0.25,
  "gap": 0.0,
  "cuts": 0
 }},
 "tickets": {{
  "count": 4,
  "lowest": 0.25,
  "largest_deviation": 0.0
 }},
 "dispersion": {{
  "panels": 3,
  "compositions": 2,
  "company": {{
   "pairs": 10,
   "never": 0.25,
   "never_independent": 0.125,
   "closest": 0.5,
   "closest_highest": 1.0,
   "nearly_always": 3,
   "forced": 1,
   "certain": 0
  }},
  "intersections": [
   {{
    "features": [
     "alder",
     "køn"
    ],
    "values": [
     "ung",
     "k"
    ],
    "pool": 2,
    "mean": 0.75,
    "fewest": 0,
    "most": 1,
    "near": 0.75
   }}
  ]
 }},
 "quotas": [
  {{
   "feature": "køn",
   "value": "k",
   "lower": 1,
   "upper": 1,
   "pool": 3,
   "expected": 1.0,
   "selected": 1
  }},
  {{
   "feature": "køn",
   "value": "m",
   "lower": 0,
   "upper": 2,
   "pool": 3,
   "expected": 1.0,
   "selected": 1
  }}
 ],
 "people": [
  {{
   "id": "007",
   "probability": 0.25
  }},
  {{
   "id": "Ærø-7",
   "probability": 0.5
  }}
 ],
 "seconds": {{
  "read": 0.5,
  "optimise": 1.25,
  "decompose": 0.0,
  "total": 1.75
 }}
}}
"""


def test_document_is_this_to_the_byte() -> None:
    assert report_json(tiny_report()) == GOLDEN.encode()


def test_document_reads_back() -> None:
    document = json.loads(report_json(tiny_report()))
    assert document["people"][1] == {"id": "Ærø-7", "probability": 0.5}
    assert "without" not in document["tickets"]


def test_document_refuses_what_json_cannot_say() -> None:
    report = tiny_report()
    broken = replace(report, seconds=replace(report.seconds, total=float("nan")))
    with pytest.raises(ValueError, match="JSON"):
        report_json(broken)

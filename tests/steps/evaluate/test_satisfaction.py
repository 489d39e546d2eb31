"""What is told of the members' answers, and that nobody's can be told from it."""

from __future__ import annotations

import json
import re
from itertools import product

import pytest

from sortition.steps.evaluate.evaluation import evaluate
from sortition.steps.evaluate.page import (
    answered,
    evaluation_html,
    evaluation_json,
    opinions,
)
from sortition.steps.evaluate.questionnaire import Answers
from sortition.steps.evaluate.satisfaction import SMALLEST, Told, satisfaction
from tests.steps.evaluate.test_evaluation import PANEL, POPULATION, WHOLE
from tests.steps.members.rounds import rulebook

MOST = 24


def told(disagree: int, neither: int, agree: int) -> Told:
    points = (1,) * disagree + (3,) * neither + (5,) * agree
    answers = Answers(people=len(points), points={"heard": points}, assumed=())
    return next(one for one in satisfaction(answers, members=50).told if one.question == "heard")


@pytest.mark.parametrize(
    ("counts", "answers", "shown", "least"),
    [
        ((5, 6, 7), 18, (5, 6, 7), (None,) * 3),
        ((2, 8, 20), 30, (None, None, 20), (None,) * 3),
        ((3, 4, 20), 27, (None, None, 20), (None,) * 3),
        ((0, 0, 24), 24, (None,) * 3, (None, None, 20)),
        ((22, 1, 1), 24, (None,) * 3, (20, None, None)),
        ((0, 4, 5), None, (None,) * 3, (None,) * 3),
        ((4, 4, 4), None, (None,) * 3, (None,) * 3),
        ((1, 1, 2), None, (None,) * 3, (None,) * 3),
    ],
)
def test_small_counts_are_left_out(
    counts: tuple[int, int, int],
    answers: int | None,
    shown: tuple[int | None, ...],
    least: tuple[int | None, ...],
) -> None:
    found = told(*counts)
    assert (found.answers, found.counts, found.least) == (answers, shown, least)


def test_what_is_told_leaves_open_what_each_one_answered() -> None:
    """By brute force: whoever knows the rule lists all counts with which the same would be told.

    She knows her own answer too. Still no count that is left out is certain, and for every view
    there could be somebody else who has it, and somebody else who has not.
    """
    alike: dict[Told, list[tuple[int, ...]]] = {}
    for counts in product(range(MOST + 1), repeat=3):
        if sum(counts) <= MOST:
            alike.setdefault(told(*counts), []).append(counts)
    for found, possible in alike.items():
        for place, count in enumerate(found.counts):
            assert count is None or count >= SMALLEST
            if count is None:
                assert len({counts[place] for counts in possible}) > 1, (found, possible)
            assert any(counts[place] > 1 for counts in possible), (found, possible)
            assert any(sum(counts) - counts[place] > 1 for counts in possible), (found, possible)


def test_page_document_and_lines() -> None:
    points = {"heard": (5,) * 12 + (4,) * 8 + (3,) * 8 + (1, 2), "again": (5,) * 24}
    found = satisfaction(Answers(people=30, points=points, assumed=()), members=36)
    panel = evaluate(
        rulebook(WHOLE), PANEL, size=4, confirmed=None, sessions=[], population=POPULATION
    )
    lines = opinions(found, "da")
    assert lines[4] == "“De andre lyttede til det, jeg havde at sige.” – enige: 20, af 30."
    assert lines[9] == ("“Jeg ville deltage i et borgerting igen.” – enige: mindst 20, af 24.")
    assert lines[0].endswith("– intet tal kan fortælles.")
    assert answered(found) == [
        "30 people answered the questionnaire, of 36 who were on the panel at some time."
    ]
    document = json.loads(evaluation_json(panel, found, assumptions=()))["questionnaire"]
    again = {"question": "again", "answers": 24, "disagree": None, "neither": None, "agree": None}
    assert document["questions"][9] == {**again, "agree_at_least": 20}
    page = evaluation_html(panel, found, assumptions=())
    row = page.partition("The others listened to what I had to say.</th>")[2].partition("</tr>")[0]
    assert re.findall(r">([^<>\n]+)</td>", row) == ["30", "–", "–", "20"]

"""Reports with figures that are easy to recognise on a page."""

from __future__ import annotations

from collections.abc import Sequence

from sortition.model.company import Company
from sortition.model.dispersion import Dispersion, Intersection
from sortition.model.fairness import (
    CertificateInShort,
    QuotaOutcome,
    Report,
    Seconds,
    SelectionProbability,
    Tickets,
)
from sortition.pages.context import Context, InputDigests
from sortition.texts import Sentence

LOTTERY_DIGEST = "ee2818afa69fa870b99e2c023ff272f944968825e42d61dcd9eb01b6513676c1"
SEED = "63454660390103169462"


def people(probabilities: Sequence[float]) -> dict[str, float]:
    return {f"P{number:04d}": chance for number, chance in enumerate(probabilities, start=1)}


def tiny_report() -> Report:
    """Two of six people, one woman and one man, all with the same chance."""
    return Report(
        pool_size=6,
        panel_size=2,
        objective="leximin",
        seed=SEED,
        lottery_digest=LOTTERY_DIGEST,
        selection_probability=SelectionProbability(
            lowest=0.25,
            lowest_positive=0.25,
            highest=0.5,
            mean=0.375,
            geometric_mean=0.3125,
            gini=0.125,
            impossible=0,
        ),
        certificate=CertificateInShort(bound=0.25, gap=0.0, cuts=0),
        tickets=Tickets(count=4, lowest=0.25, largest_deviation=0.0, without=("P0002",)),
        dispersion=Dispersion(
            panels=3,
            compositions=2,
            company=Company(
                pairs=10,
                never=0.25,
                never_independent=0.125,
                closest=0.5,
                closest_highest=1.0,
                nearly_always=3,
                forced=1,
                certain=0,
            ),
            intersections=(
                Intersection(
                    features=("alder", "køn"),
                    values=("ung", "k"),
                    pool=2,
                    mean=0.75,
                    fewest=0,
                    most=1,
                    near=0.75,
                ),
            ),
        ),
        quotas=(
            QuotaOutcome(
                feature="køn", value="k", lower=1, upper=1, pool=3, expected=1.0, selected=1
            ),
            QuotaOutcome(
                feature="køn", value="m", lower=0, upper=2, pool=3, expected=1.0, selected=1
            ),
        ),
        people={"007": 0.25, "Ærø-7": 0.5},
        seconds=Seconds(read=0.5, optimise=1.25, decompose=0.0, total=1.75),
    )


def town_report() -> Report:
    """36 of 500 people: the usual case."""
    return Report(
        pool_size=500,
        panel_size=36,
        objective="leximin",
        seed=SEED,
        lottery_digest=LOTTERY_DIGEST,
        selection_probability=SelectionProbability(
            lowest=0.0312,
            lowest_positive=0.0312,
            highest=0.308,
            mean=0.072,
            geometric_mean=0.0595,
            gini=0.3461,
            impossible=0,
        ),
        certificate=CertificateInShort(bound=0.0312, gap=3e-10, cuts=12),
        tickets=Tickets(count=1000, lowest=0.031, largest_deviation=0.00047, without=()),
        dispersion=Dispersion(
            panels=1000,
            compositions=987,
            company=Company(
                pairs=124_750,
                never=0.0617,
                never_independent=0.0568,
                closest=0.297,
                closest_highest=0.61,
                nearly_always=0,
                forced=0,
                certain=0,
            ),
            intersections=(),
        ),
        quotas=(
            QuotaOutcome(
                feature="Alder",
                value="16–25 år",
                lower=5,
                upper=6,
                pool=31,
                expected=5.2,
                selected=6,
            ),
            QuotaOutcome(
                feature="Køn",
                value="Kvinde",
                lower=17,
                upper=19,
                pool=301,
                expected=17.44,
                selected=18,
            ),
            QuotaOutcome(
                feature="Køn",
                value="Mand",
                lower=18,
                upper=18,
                pool=199,
                expected=18.0,
                selected=18,
            ),
        ),
        people=people([0.0312] * 200 + [0.052] * 150 + [0.14] * 140 + [0.308] * 10),
        seconds=Seconds(read=0.213, optimise=3.412, decompose=0.0021, total=3.63),
    )


def context() -> Context:
    return Context(
        pool_file="pulje.xlsx",
        quotas_file="kvoter.csv",
        input_digests=InputDigests(pool="ab" * 32, quotas="cd" * 32),
        ticket_drawn=36,
        panel=("P0003", "P0421"),
        household_rule=True,
        household_columns=("Vej", "Husnr."),
        household_limit=1,
        assumptions=(Sentence(text="pulje.xlsx was read as Windows-1252.", language="en"),),
        rows_numbered=False,
        published=False,
        complete=True,
        settled=True,
        gamma=1.0,
        mixed=(),
        impossible=(),
        versions={"sortition": "0.1.0", "python": "3.12.4"},
    )

"""Write down what proves a lottery: its rows, its proofs, and whom and what they leave out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from sortition.audit.certificate.panels import beyond
from sortition.audit.certificate.proof import Certificate, CertifiedProof, Exclusion, whole
from sortition.audit.certificate.refutation import Case
from sortition.audit.certificate.rows import CertifiedRow, widened
from sortition.core.fairest import FairLottery
from sortition.core.feasibility.refutation import Refuter
from sortition.core.objectives import Proof
from sortition.core.types import Floats, Types
from sortition.model import ObjectiveName, SolverName


def certificate_of(
    ids: Sequence[str],
    types: Types,
    fair: FairLottery,
    of_types: Floats,
    *,
    aims: Floats,
    objective: ObjectiveName,
    gamma: float,
    solver: SolverName,
) -> Certificate:
    """The certificate of a lottery.

    Parameters
    ----------
    ids : sequence of str
        Of the pool, in its order.
    types : Types
        Of the whole pool.
    fair : FairLottery
        Over the types that are on some panel.
    of_types : array, shape (T,)
        The selection probability of each type of `fair`.
    aims : array, shape (people,)
        Of population; empty for any other objective.
    objective : str
    gamma : float
        Of goldilocks; 1 stands in the certificate of any other objective.
    solver : {"highs", "cbc"}
    """
    possible = fair.relaxation.types
    rows = _rows(fair)
    groups = [list(map(ids.__getitem__, members)) for members in possible.members]
    return Certificate(
        objective=objective,
        gamma=Fraction(str(gamma)) if objective == "goldilocks" else Fraction(1),
        panel_size=possible.panel_size,
        groups=groups,
        excluded=_exclusions(ids, types, possible, rows, solver),
        rows=rows,
        cut_cases=_cut_cases(rows, possible.sizes.tolist(), solver),
        reached=whole(of_types.tolist()),
        aims=whole(
            aims[[members[0] for members in possible.members]].tolist() if len(aims) else ()
        ),
        proofs=[_certified(proof, len(possible.lower)) for proof in fair.proofs],
    )


def _rows(fair: FairLottery) -> list[CertifiedRow]:
    types, cuts = fair.relaxation.types, fair.relaxation.cuts
    named = [
        "panel size",
        *(f"{quota.feature}: {quota.value}" for quota in types.quotas),
        *("household" for _ in types.lower[1 + len(types.quotas) :]),
        *("cut" for _ in cuts),
    ]
    lowers = [*types.lower.tolist(), *(None for _ in cuts)]
    uppers = fair.relaxation.row_upper.astype(int).tolist()
    return [
        CertifiedRow(
            name=name,
            coefficients=dict(
                zip(row.columns.tolist(), row.coefficients.astype(int).tolist(), strict=True)
            ),
            lower=lower,
            upper=upper,
        )
        for name, row, lower, upper in zip(named, fair.relaxation.rows, lowers, uppers, strict=True)
    ]


def _exclusions(
    ids: Sequence[str],
    types: Types,
    possible: Types,
    rows: Sequence[CertifiedRow],
    solver: SolverName,
) -> list[Exclusion]:
    """The types that are on no panel, each refuted with those before it out already."""
    kept = set(possible.members)
    out = [number for number, members in enumerate(types.members) if members not in kept]
    if not out:
        return []
    row_count = len(types.lower)
    counted = [[row for row in types.rows_of[n].tolist() if row < row_count] for n in out]
    wider = widened(rows[:row_count], len(possible), counted)
    sizes = [*possible.sizes.tolist(), *types.sizes[out].tolist()]
    refuter = Refuter(wider, len(sizes), solver=solver)
    found = []
    for number, (type_, rows_of) in enumerate(zip(out, counted, strict=True), start=len(possible)):
        lowest = [0] * len(sizes)
        lowest[number] = 1
        found.append(
            Exclusion(
                people=[ids[position] for position in types.members[type_]],
                rows=rows_of,
                cases=refuter.refute(lowest, sizes),
            )
        )
        sizes[number] = 0
    return found


def _cut_cases(
    rows: Sequence[CertifiedRow], sizes: Sequence[int], solver: SolverName
) -> list[tuple[Case, ...]]:
    """For each cut why no panel is beyond it, given the cuts before it."""
    found = []
    for number, row in enumerate(rows):
        if row.lower is None:
            known = [*rows[:number], beyond(row, sizes)]
            refuter = Refuter(known, len(sizes), solver=solver)
            found.append(refuter.refute([0] * len(sizes), sizes))
    return found


def _certified(proof: Proof, rows_of_types: int) -> CertifiedProof:
    multipliers = whole(proof.multipliers.tolist())
    return CertifiedProof(
        weights=whole(proof.weights.tolist()),
        counterweights=whole(proof.counterweights.tolist()),
        # rounding can leave the multiplier of an idle cut below zero
        multipliers=[
            *multipliers[:rows_of_types],
            *(max(0, multiplier) for multiplier in multipliers[rows_of_types:]),
        ],
        settled=frozenset(np.flatnonzero(proof.settled).tolist()),
    )

"""Alternates on every ticket of a lottery, so that one draw draws panel and reserve.

There can be as many panels as tickets, so each reserve is found by step 1 of
`sortition.selection.reserve.alternates` alone, on `SETS` sets of dropouts: the person who helps
most, again and again. Panels that are made up alike have reserves that are made up alike. As the
lottery itself, the reserves depend on the pool and the quotas alone and on no seed: what chance
decides follows from who is in the pool.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

import numpy as np

from sortition.audit.canonical import canonical_json, digest
from sortition.audit.lottery.file import lottery_file
from sortition.core.progress import Progress
from sortition.core.types import Ints
from sortition.model import Instance, Lottery, Panel
from sortition.selection.preparation import PreparedLottery
from sortition.selection.reserve.alternates import grown_reserve
from sortition.selection.reserve.beside import people_in_reserve
from sortition.selection.reserve.dropouts import DropoutRates
from sortition.selection.reserve.kinds import kinds_of
from sortition.selection.reserve.scenarios import Vacancies, drawn_words, scenarios_of

SETS = 200
DOMAIN = "alternates/1"


def with_reserves(
    prepared: PreparedLottery, count: int, rates: DropoutRates, progress: Progress
) -> PreparedLottery:
    """The same lottery with alternates on every ticket, and with the file and digest for that.

    Parameters
    ----------
    prepared : PreparedLottery
    count : int
        How many alternates each ticket draws.
    rates : DropoutRates
    progress : Progress

    Raises
    ------
    InputErrors
        If there are too few people beside some panel.
    """
    progress.phase("reserve")
    barred = prepared.certificate.impossible
    panels = with_alternates(
        prepared.instance, prepared.lottery.panels, count, rates, barred=barred
    )
    lottery = Lottery(panels=panels)
    document = lottery_file(prepared.instance, lottery)
    return replace(prepared, lottery=lottery, document=document, digest=digest(document))


def with_alternates(
    instance: Instance,
    panels: Iterable[Panel],
    count: int,
    rates: DropoutRates,
    *,
    barred: Collection[str],
) -> tuple[Panel, ...]:
    """Panels with so many alternates each, none of whom is barred.

    Raises
    ------
    InputErrors
        If there are too few people beside some panel.
    """
    # nobody chooses who is in the pool
    key = digest(canonical_json(instance.pool.ids))
    kinds = kinds_of(instance, rates, seed=key, domain=f"{DOMAIN}/kinds")
    words = drawn_words((SETS, instance.panel_size), seed=key, domain=f"{DOMAIN}/sets")
    known: dict[bytes, Ints] = {}

    def chosen(vacancies: Vacancies) -> Ints:
        supply = np.minimum(vacancies.supply, count)
        make = b"".join(
            part.tobytes() for part in (vacancies.seats, vacancies.leaving, vacancies.kinds, supply)
        )
        if make not in known:
            known[make] = grown_reserve(vacancies, scenarios_of(vacancies, words), count)
        return known[make]

    found = []
    for panel in panels:
        domain = f"{DOMAIN}/people/{digest(canonical_json(panel.members))}"
        *_, named = people_in_reserve(
            kinds, panel.members, count, chosen, barred=barred, seed=key, domain=domain
        )
        found.append(replace(panel, alternates=named))
    return tuple(found)

"""Quotas from the figures of a population."""

from __future__ import annotations

import pandas as pd

from sortition.errors import Finding, InputErrors
from sortition.frames.sources import Names, Place, Sources, files_of, names_of, path_of
from sortition.frames.telling import telling
from sortition.steps.quotas.apportioned import Apportionment, MethodName
from sortition.steps.quotas.run import QuotasOptions, make_quotas


@telling
def quotas_from(
    population: Sources,
    *,
    size: int,
    ages: Names = (),
    area: str | None = None,
    features: Names = (),
    names: Names = (),
    method: MethodName = "sainte-lague",
    width: int = 1,
    at_least: int = 0,
    out: Place | None = None,
    overwrite: bool = False,
) -> pd.DataFrame:
    """Make quotas in proportion to a population.

    Parameters
    ----------
    population : DataFrame, str or PathLike, or a sequence of them
        Figures as a statistical office exports them, or a tidy table.
    size : int
        How many people the panel has.
    ages : str or sequence of str
        Bands into which single years of age are put, as in ``["16-29", "30-59", "60+"]``.
    area : str, optional
        Which area, where there are several.
    features : str or sequence of str
        Which features get quotas; without them, all.
    names : str or sequence of str
        Other names for them, as in ``"SEX=gender"``.
    method : {"sainte-lague", "hamilton"}
        How seats are apportioned.
    width : int
        How far the bounds are from the apportioned seats.
    at_least : int
        Seats that every value gets.
    out : str or PathLike, optional
        A CSV file for the quotas, with where they come from.
    overwrite : bool
        Whether a former file may be replaced.

    Returns
    -------
    DataFrame
        ``feature, value, min, max, people, share, seats``, a row a value; the first four are what
        `sortition.lottery` takes.

    Raises
    ------
    InputErrors
        With every fault of the figures, in words in its notes.

    Examples
    --------
    >>> import pandas as pd, sortition
    >>> town = pd.DataFrame({"sex": ["women", "men"], "people": [5_150, 4_850]})
    >>> sortition.quotas_from(town, size=10)[["value", "min", "max", "seats"]].values.tolist()
    [['women', 4, 6, 5], ['men', 4, 6, 5]]
    """
    statistics = files_of(population, "population")
    if not statistics:
        raise InputErrors((Finding(code="usage-missing", value="--population"),))
    made = make_quotas(
        QuotasOptions(
            statistics=statistics,
            ages=names_of(ages),
            area=area,
            features=names_of(features),
            names=names_of(names),
            apportionment=Apportionment(
                panel_size=size, method=method, at_least=at_least, width=width
            ),
            out=path_of(out),
            overwrite=overwrite,
        )
    )
    rows = [
        (one.feature, one.value, one.lower, one.upper, int(one.people), float(one.share), one.seats)
        for one in made.lines
    ]
    columns = ["feature", "value", "min", "max", "people", "share", "seats"]
    return pd.DataFrame(rows, columns=columns)

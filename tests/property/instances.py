"""Tiny instances to try everything on: tight, often without a panel, often in need of a cut."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from sortition.model import Instance, Quota, Quotas
from sortition.model.quotas import COMBINATION
from tests.making import instance

Value = tuple[int, ...]


@st.composite
def about_their_share(draw: st.DrawFn) -> Instance:
    """Each of many values as near to its share of the pool as whole seats allow.

    Of all families tried, in this one the bounds alone most often promise what no lottery keeps.
    """
    count = draw(st.integers(7, 9))
    size = draw(st.sampled_from([3, 4, 4]))
    features = draw(st.integers(5, 6))
    people = _people(draw, count, features, 3)

    def bounds(held: int) -> tuple[int, int]:
        return held * size // count, -(-held * size // count)

    quotas = {
        f"f{n}": {str(v): bounds(sum(one[n] == v for one in people)) for v in range(3)}
        for n in range(features)
    }
    return instance(_written(people), quotas, size)


@st.composite
def about_one_group(draw: st.DrawFn) -> Instance:
    """The quotas are what some group of people has, a few of them one wider."""
    count = draw(st.integers(4, 9))
    size = draw(st.integers(2, min(4, count)))
    features, values = draw(st.integers(1, 3)), draw(st.integers(2, 3))
    people = _people(draw, count, features, values)
    return instance(
        _written(people),
        _around(draw, people[:size], features, values, size),
        size,
        households=_households(draw, count),
        limit=draw(st.sampled_from([1, 1, 1, 2])),
    )


@st.composite
def about_nobody(draw: st.DrawFn) -> Instance:
    """The quotas add up, but are those of people who need not exist."""
    count = draw(st.integers(4, 8))
    size = draw(st.integers(2, 4))
    features, values = draw(st.integers(2, 3)), draw(st.integers(2, 3))
    people = _people(draw, count, features, values)
    wanted = _people(draw, size, features, values)
    return instance(
        _written(people),
        _around(draw, wanted, features, values, size),
        size,
        households=_households(draw, count),
    )


@st.composite
def in_few_homes(draw: st.DrawFn) -> Instance:
    """Nearly everybody shares one of a few homes, so that there may be too few homes."""
    count = draw(st.integers(4, 8))
    size = draw(st.integers(2, 4))
    people = _people(draw, count, 2, 2)
    home = st.sampled_from([None, 0, 0, 1, 1, 2, 2])
    return instance(
        _written(people),
        _around(draw, people[:size], 2, 2, size),
        size,
        households=draw(st.lists(home, min_size=count, max_size=count)),
    )


@st.composite
def with_a_combination(draw: st.DrawFn) -> Instance:
    """One feature more than a group of people needs: a quota on two of its values at once.

    With bounds so close, many of them follow from others.
    """
    plain = draw(about_one_group())
    size, features = plain.panel_size, plain.pool.features
    if len(features) < 2:
        return plain
    # not those of the group: of anybody
    random = draw(st.randoms(use_true_random=False))
    one = random.choice(plain.pool.members).values
    first, second = sorted(random.sample(range(len(features)), 2))
    parts = ((features[first], one[first]), (features[second], one[second]))
    lower = draw(st.integers(0, 1))
    quota = Quota(
        feature=COMBINATION,
        value=" & ".join(f"{feature}={value}" for feature, value in parts),
        lower=lower,
        upper=min(size, lower + draw(st.integers(0, 2))),
        parts=parts,
    )
    return replace(plain, quotas=Quotas(rows=(*plain.quotas.rows, quota)))


@st.composite
def with_exact_numbers(draw: st.DrawFn) -> Instance:
    """Some values at an exact number and the others free, so that the levels are many."""
    count = draw(st.integers(7, 9))
    size = draw(st.integers(3, 4))
    features = draw(st.integers(4, 5))
    people = _people(draw, count, features, 2)

    def bounds(held: int) -> tuple[int, int]:
        exact = round(held * size / count)
        return (exact, exact) if draw(st.booleans()) else (0, size)

    quotas = {
        f"f{n}": {"0": bounds(count - sum(one[n] for one in people)), "1": (0, size)}
        for n in range(features)
    }
    return instance(_written(people), quotas, size)


def _people(draw: st.DrawFn, count: int, features: int, values: int) -> list[Value]:
    # drawn from a generator, as single choices lean towards small numbers
    random = draw(st.randoms(use_true_random=False))
    return [tuple(random.randrange(values) for _ in range(features)) for _ in range(count)]


def _written(people: Sequence[Value]) -> list[str]:
    return [" ".join(map(str, one)) for one in people]


def _around(
    draw: st.DrawFn, group: Sequence[Value], features: int, values: int, size: int
) -> dict[str, dict[str, tuple[int, int]]]:
    wider = st.sampled_from([0, 0, 0, 1])

    def bounds(held: int) -> tuple[int, int]:
        return max(0, held - draw(wider)), min(size, held + draw(wider))

    return {
        f"f{n}": {str(v): bounds(sum(one[n] == v for one in group)) for v in range(values)}
        for n in range(features)
    }


def _households(draw: st.DrawFn, count: int) -> list[int | None] | None:
    if draw(st.sampled_from([True, True, False])):
        return None
    home = st.sampled_from([None, None, 0, 1])
    return draw(st.lists(home, min_size=count, max_size=count))

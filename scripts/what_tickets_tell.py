"""How well values are guessed from the public part of a lottery and some pooled receipts.

    python scripts/what_tickets_tell.py

Publishes the lottery of the sample pool, takes the rows of some volunteers as known, as if they had
pooled their receipts, and guesses each value of everybody else: people with near chances are often
alike, and people who are alike are on a ticket together less often than chance would have it. What
weighs how much is fitted to the known people alone.

Then a panel is named, as it will be in the newspaper: of everybody on it the journalist sees all
values but one. She matches names with the tokens of the ticket so that together they fit as well as
they can, and guesses the value that she does not see from the token. The figures stand in
docs/threats.md.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

Floats = NDArray[np.float64]

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
KNOWN = (50, 100)  # receipts that were pooled
TRIALS = 20
NEAR = 0.005  # of a chance
RIDGE = 1e-2
UNSEEN = "uddannelse"  # of a person with a name and a picture


def published() -> tuple[Any, Any]:
    """The public lottery of the sample pool, and the rows behind it."""
    with tempfile.TemporaryDirectory() as home:
        files = [str(SAMPLES / name) for name in ("pool.csv", "quotas.csv")]
        words = ["lottery", *files, "--size", "36", "--household", "adresse,postnummer"]
        named = ["--assembly", "A", "--organiser", "B", "--quiet", "--out", f"{home}/lottery"]
        subprocess.run([sys.executable, "-m", "sortition", *words, *named], check=True)
        read = [Path(home, "lottery", name) for name in ("public/lottery.json", "sealed/pool.json")]
        lottery, pool = (json.loads(path.read_bytes()) for path in read)
    return lottery, pool


def kinship(lottery: Any) -> tuple[Floats, Floats]:
    """How near two people's shares are, and how seldom they are on a ticket together."""
    place = {token: number for number, token in enumerate(lottery["people"])}
    seats = np.zeros((len(place), len(lottery["panels"])))
    for number, panel in enumerate(lottery["panels"]):
        seats[[place[token] for token in panel["members"]], number] = panel["weight"] ** 0.5
    together = seats @ seats.T
    held, tickets = np.diag(together), (seats**2).max(axis=0).sum()
    share = held / tickets
    expected = np.maximum(np.outer(held, held) / tickets, 1e-9)
    near: Floats = np.exp(-np.abs(share[:, None] - share[None, :]) / NEAR)
    apart: Floats = (expected - together) / np.sqrt(expected)
    np.fill_diagonal(near, 0)
    np.fill_diagonal(apart, 0)
    return near, apart


def fits(near: Floats, apart: Floats, values: list[str], known: list[int]) -> Floats:
    """How well each value, sorted, fits each person, from those of the known people."""
    kinds = sorted(set(values))
    is_of = np.array([[values[person] == kind for kind in kinds] for person in known], float)
    votes = near[:, known] @ is_of / (near[:, known].sum(axis=1, keepdims=True) + 1e-9)
    shunned = apart[:, known] @ is_of / np.maximum(is_of.sum(axis=0), 1)
    clues = np.hstack([votes, shunned, np.ones((len(values), 1))])
    fitted = clues[known]
    square = fitted.T @ fitted + RIDGE * np.eye(fitted.shape[1])
    fit: Floats = clues @ np.linalg.solve(square, fitted.T @ is_of)
    return fit


def guessed(near: Floats, apart: Floats, values: list[str], known: list[int]) -> float:
    """The share of the others whose value is guessed."""
    kinds, answers = sorted(set(values)), np.argmax(fits(near, apart, values, known), axis=1)
    others = [person for person in range(len(values)) if person not in set(known)]
    return float(np.mean([kinds[answers[person]] == values[person] for person in others]))


def named(
    near: Floats, apart: Floats, columns: dict[str, list[str]], panel: list[int], known: list[int]
) -> tuple[float, float]:
    """Of the people on a panel that is named: the shares matched with their tokens, and guessed."""
    fit = {name: fits(near, apart, values, known) for name, values in columns.items()}
    together = np.zeros((len(panel), len(panel)))  # names by tokens
    for name, values in columns.items():
        if name != UNSEEN:
            kinds = sorted(set(values))
            together += fit[name][np.ix_(panel, [kinds.index(values[one]) for one in panel])].T
    _, tokens = linear_sum_assignment(together, maximize=True)
    kinds = sorted(set(columns[UNSEEN]))
    unseen = [kinds[np.argmax(fit[UNSEEN][panel[token]])] for token in tokens]
    right = [value == columns[UNSEEN][one] for one, value in zip(panel, unseen, strict=True)]
    return float(np.mean(tokens == np.arange(len(panel)))), float(np.mean(right))


def main() -> None:
    """Print both tables, of shares guessed right."""
    lottery, pool = published()
    near, apart = kinship(lottery)
    people = range(len(pool["people"]))
    columns = {
        feature: [person["values"][column] for person in pool["people"]]
        for column, feature in enumerate(pool["features"])
    }
    heads = " | ".join(f"{n} receipts" for n in KNOWN)
    print(f"| feature | always the commonest | {heads} |")
    print(f"|---|---:|{'---:|' * len(KNOWN)}")
    for feature, values in columns.items():
        cells = [commonest(values)]
        for count in KNOWN:
            chance = Random(count)
            drawn = [chance.sample(people, count) for _ in range(TRIALS)]
            cells.append(f"{np.mean([guessed(near, apart, values, one) for one in drawn]):.0%}")
        print(f"| {feature} | {' | '.join(cells)} |")
    place = {token: number for number, token in enumerate(lottery["people"])}
    shares = []
    for count in KNOWN:
        chance, found = Random(count), []
        for _ in range(TRIALS):
            panel = [place[token] for token in chance.choice(lottery["panels"])["members"]]
            chance.shuffle(panel)
            known = chance.sample([one for one in people if one not in set(panel)], count)
            found.append(named(near, apart, columns, panel, known))
        shares.append(np.mean(found, axis=0))
    print(f"\n| of a panel that is named | by chance | {heads} |")
    print(f"|---|---:|{'---:|' * len(KNOWN)}")
    by_chance = (f"{1 / lottery['k']:.0%}", commonest(columns[UNSEEN]))
    for row, what in enumerate(("names with their tokens", UNSEEN)):
        print(f"| {what} | {by_chance[row]} | {' | '.join(f'{one[row]:.0%}' for one in shares)} |")


def commonest(values: list[str]) -> str:
    """How often the commonest value is right."""
    return f"{max(Counter(values).values()) / len(values):.0%}"


if __name__ == "__main__":
    main()

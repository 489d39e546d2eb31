"""The draw: a page for the big screen in the hall."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import segno
from starlette.responses import Response

from sortition.app.asking import Asked, Problems, go
from sortition.app.board import announced
from sortition.audit.draw.sources import time_of
from sortition.audit.shapes.bundle import COMMITMENT, DRAW, POOL
from sortition.audit.shapes.run import ROSTER
from sortition.errors import Finding, InputErrors
from sortition.model import REHEARSAL
from sortition.steps.publish.draw import draw_folder
from sortition.steps.publish.sources import chosen_outcome
from sortition.tables.content import Content

MOST_LETTERS = 300  # of an address, for a code that can still be read from the back row


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Somebody who was drawn: her mark in what is public, and what else the organiser shows."""

    token: str
    shown: str = field(repr=False)


def show(asked: Asked, problems: Problems) -> Response:
    """The digits to be drawn, or the panel that they drew."""
    assembly = asked.assembly
    commitment: Any = assembly.document(f"lottery/{COMMITMENT}")
    if not assembly.published or not isinstance(commitment, dict):
        return asked.page("draw_not_yet.html", problems=problems)
    places = len(str(commitment["tickets"] - 1))
    facts: dict[str, Any] = {
        "problems": problems,
        "commitment": commitment,
        "called": commitment["about"]["assembly"].removeprefix(REHEARSAL),
        "stale": assembly.published_from() != assembly.digests(),
        "places": places,
        "announced": announced(assembly),
        "digits": asked.form.get("digits", ""),
        "day": date.fromisoformat(commitment["about"]["day"]),
    }
    if not assembly.drawn:
        source: Any = commitment["source"]
        if source["kind"] == "beacon":
            facts["due"] = time_of(source["round"]).astimezone()
        facts["numbers"] = [
            {**one, "when": date.fromisoformat(one["when"])} for one in source.get("numbers", ())
        ]
        return asked.page("draw.html", alone=True, **facts, source=source)
    lists = _Lists.read(assembly.lottery)
    by = asked.query.get("by", "")
    by = by if by in lists.features else lists.features[0]
    at = asked.query.get("at", "").strip()[:MOST_LETTERS]
    at = at if at.startswith(("https://", "http://")) else ""
    names = [name for name in lists.header if asked.query.get(f"show-{lists.header.index(name)}")]
    return asked.page(
        "drawn.html",
        alone=True,
        **facts,
        ticket=f"{lists.ticket:0{places}d}",
        features=lists.features,
        by=by,
        header=lists.header,
        names=names,
        groups=lists.grouped(by, names),
        size=len(lists.panel),
        at=at,
        code=code_of(at or announced(assembly)),
    )


def draw(asked: Asked) -> Response:
    """Draw with what was promised; it happens once and cannot be undone."""
    if not asked.form.get("sure"):
        raise InputErrors((Finding(code="app-draw-unsure"),))
    seed = asked.form.get("seed")
    rounds = asked.uploads.get("beacon", ())
    others = seed is not None or rounds
    outcome = chosen_outcome(
        seed=None if seed is None else seed.strip(),
        drawn=None if others else "".join(asked.form.get("digits", "").split()),
        beacon_file=Content(name="beacon.json", data=rounds[-1].data) if rounds else None,
    )
    draw_folder(asked.assembly.lottery, outcome)
    return go("/draw")


def code_of(text: str) -> str:
    """A QR code as an image that stands in the page itself."""
    uri: str = segno.make(text, error="m").svg_data_uri(border=2, light="#fff")
    return uri


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lists:
    """The panel as the folder has it after the draw, which verified all of it."""

    ticket: int
    panel: tuple[str, ...]
    features: tuple[str, ...]
    header: tuple[str, ...]
    ids: Mapping[str, str] = field(repr=False)
    values: Mapping[str, tuple[str, ...]] = field(repr=False)
    rows: Mapping[str, tuple[str, ...]] = field(repr=False)

    @classmethod
    def read(cls, lottery: Path) -> _Lists:
        drawn, pool, roster = (
            json.loads((lottery / place).read_bytes()) for place in (DRAW, POOL, ROSTER)
        )
        return cls(
            ticket=drawn["ticket"],
            panel=tuple(drawn["panel"]),
            features=tuple(pool["features"]),
            header=tuple(roster["header"]),
            ids={person["token"]: person["id"] for person in pool["people"]},
            values={person["token"]: tuple(person["values"]) for person in pool["people"]},
            rows={person["id"]: tuple(person["row"]) for person in roster["people"]},
        )

    def grouped(self, feature: str, names: list[str]) -> dict[str, list[Seat]]:
        """The panel by the values of a feature, both in their order."""
        place = self.features.index(feature)
        found: dict[str, list[Seat]] = {}
        for token in sorted(self.panel):
            seat = Seat(token=token, shown=" ".join(self._shown(token, names)))
            found.setdefault(self.values[token][place], []).append(seat)
        return dict(sorted(found.items()))

    def _shown(self, token: str, names: list[str]) -> Iterator[str]:
        row = self.rows[self.ids[token]]
        yield from (row[self.header.index(name)] for name in names)

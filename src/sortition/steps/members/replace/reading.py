"""What a round of replacements is asked for: who leaves, who else cannot come, what draws."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal

from sortition.audit.draw.sources import Outcome, Source
from sortition.audit.log.rounds import RoundPlaces
from sortition.core.progress import Progress
from sortition.errors import Finding, InputErrors
from sortition.instance.id_lists import (
    Listed,
    listed_ids,
    read_id_table,
    repeated,
    unknown,
)
from sortition.model import Language
from sortition.steps.members.replace.late import Late, read_late
from sortition.steps.members.replace.replacement import Round, prepare_round
from sortition.steps.members.replace.weighing import read_weights
from sortition.steps.members.standing_folder import StandingFolder, read_standing
from sortition.steps.members.worksheet import Worksheet, read_worksheet
from sortition.steps.members.worksheet_names import is_worksheet
from sortition.steps.members.worksheet_words import worksheet_languages
from sortition.steps.publish import chosen_outcome, known_already, promised
from sortition.tables.content import File
from sortition.tables.faults import attempt
from sortition.tables.rows import Table
from sortition.tables.written.results import destination_faults

PlacesFrom = Literal["alternates", "pool"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceOptions:
    """What was asked for.

    Attributes
    ----------
    directory : Path
        Where the panel was drawn.
    dropouts : File or None
        Who leaves: a list of ids, or a call list, of which those who declined. None: a round that
        was announced is drawn.
    unavailable : File or None
        Who else is not to be drawn.
    places_from : {"alternates", "pool"} or None
        None: the alternates if there are some who fit, else the pool.
    seed, digits : str or None
    beacon_file : Path or None
        What draws; None of them: the seed of the first draw.
    language : {"en", "da"} or None
        None: that of the report.
    promise : str or None
        Announce the round, and promise what will draw it: ``drawn`` by hand, or a beacon's round by
        its number or time. None: draw at once.
    weights : sequence of str
        How many times as dear a seat off some quotas is, such as ``age: 60+ = 5``.
    dry : bool
        Whether to say what would happen, and to write nothing.
    late : File or None
        Who came after the first draw, and joins the pool.
    mapping : Path or None
        The map file by which that list is read.
    """

    directory: Path
    dropouts: File | None
    unavailable: File | None
    places_from: PlacesFrom | None
    seed: str | None
    digits: str | None
    beacon_file: Path | None
    language: Language | None
    promise: str | None = None
    weights: Sequence[str] = ()
    dry: bool = False
    late: File | None = None
    mapping: Path | None = None

    @property
    def new_number(self) -> bool:
        """Whether something was given to draw with."""
        return any(one is not None for one in (self.seed, self.digits, self.beacon_file))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplaceReading:
    """The panel, who leaves and who else cannot come, by the names that are published.

    Attributes
    ----------
    standing : StandingFolder
    gone, unavailable : tuple of str
    outcome : Outcome or None
        What draws; None: nothing was given, and the first draw had no seed.
    promised : Source or None
        What will draw, if the round is to be announced.
    weights : mapping of int to int
        How many times as dear a seat off a quota is, by its number; 1 of those that are not there.
    late : Late or None
        Who joins the pool; `standing` has them in it.
    assumed : tuple of Finding
    """

    standing: StandingFolder
    gone: tuple[str, ...]
    unavailable: tuple[str, ...]
    outcome: Outcome | None
    promised: Source | None
    weights: Mapping[int, int]
    late: Late | None
    assumed: tuple[Finding, ...]

    def prepared(self, progress: Progress, *, second_panel: bool) -> Round:
        """The round that fills the places by a lottery; see `prepare_round`."""
        panel = self.standing
        return prepare_round(
            panel.instance,
            panel.rules,
            panel.standing,
            self.gone,
            self.unavailable,
            second_panel=second_panel,
            lottery_rules=panel.folder.rules,
            weights=self.weights,
            progress=progress,
        )


def read_replace(options: ReplaceOptions) -> ReplaceReading:
    """Read everything that a round needs, and see that it can be written.

    Raises
    ------
    InputErrors
        With every fault.
    """
    faults: list[Finding] = []
    outcome = promise = None
    if options.new_number or options.dropouts is None:
        chosen = partial(
            chosen_outcome,
            seed=options.seed,
            drawn=options.digits,
            beacon_file=options.beacon_file,
        )
        outcome = attempt(faults, chosen)
    if options.promise is not None:
        promise = attempt(faults, partial(_promised, options.promise))
        if promise is not None:
            faults += known_already(promise)
    panel = attempt(faults, partial(read_standing, options.directory))
    if panel is None:
        raise InputErrors(tuple(faults))
    faults += _step_faults(options, panel)
    late = None
    if options.late is not None:
        wider = attempt(faults, partial(read_late, panel, options.late, options.mapping))
        panel, late = wider or (panel, None)
    if outcome is not None:
        faults += outcome.faults(None, panel.folder.rules.tickets)
    elif not options.new_number and not options.late and panel.folder.seed is not None:
        outcome = Outcome(source=Source(kind="seed"), text=panel.folder.seed)
    assumed: list[Finding] = []
    weights = read_weights(options.weights, panel.rules.quotas, faults)
    gone, absent = _people(options, panel, faults, assumed)
    places = RoundPlaces(number=panel.standing.rounds + 1, published=panel.published)
    names = [places.record, places.lottery, places.certificate]
    if panel.announced is None:
        faults += destination_faults(options.directory, False, names=names)
    if faults or gone is None or absent is None:
        raise InputErrors(tuple(faults))
    return ReplaceReading(
        standing=panel,
        gone=gone,
        unavailable=absent,
        outcome=outcome,
        promised=promise,
        weights=weights,
        late=late,
        assumed=(*panel.noticed, *(late.assumed if late else ()), *assumed),
    )


def _promised(text: str) -> Source:
    """What will draw a round: digits by hand, or a beacon's round that is still to come."""
    return promised("drawn", None if text == "drawn" else text)


def _step_faults(options: ReplaceOptions, panel: StandingFolder) -> Iterator[Finding]:
    """What does not go with a round that is announced, or is to be."""
    if not panel.folder.has_others:
        yield Finding(code="folder-purged", file=str(options.directory))
    listed = options.dropouts is not None
    if options.dry and (options.new_number or options.promise is not None):
        yield Finding(code="replacement-dry-number")
    elif options.promise is not None and (options.new_number or not listed):
        yield Finding(code="round-promise-alone")
    elif listed and panel.announced is not None:
        facts = {"round": panel.announced["round"]}
        yield Finding(code="round-announced-already", facts=facts)
    elif not listed and panel.announced is None:
        yield Finding(code="round-nobody-listed")
    elif not listed and any(
        (options.unavailable, options.places_from, options.weights, options.late)
    ):
        yield Finding(code="round-list-fixed")


def _people(
    options: ReplaceOptions,
    panel: StandingFolder,
    faults: list[Finding],
    assumed: list[Finding],
) -> tuple[tuple[str, ...] | None, tuple[str, ...] | None]:
    """Who leaves and who else cannot come; nobody where an announcement says so already."""
    gone: tuple[str, ...] | None = ()
    absent: tuple[str, ...] | None = ()
    if options.dropouts is not None:
        half = len(panel.standing.panel) // 2
        gone = _listed(panel, options.dropouts, _dropout_faults, faults, assumed, most=half)
        if gone == () and not faults:
            faults.append(Finding(code="dropouts-nobody", file=options.dropouts.name))
    if options.unavailable is not None:
        absent = _listed(panel, options.unavailable, _unavailable_faults, faults, assumed)
    if options.dropouts is not None and absent is not None:
        # nobody could call them
        absent = tuple(sorted({*absent, *panel.folder.erased - panel.standing.out}))
    return gone, absent


def _listed(
    panel: StandingFolder,
    path: File,
    faults_of: Callable[[StandingFolder, Listed], Iterator[Finding]],
    faults: list[Finding],
    assumed: list[Finding],
    *,
    most: int | None = None,
) -> tuple[str, ...] | None:
    """The people of a list, by the names that are published, after all of them were checked.

    A list without statuses may name so many of the panel at most: it could be one of everybody.
    """
    tokens, id_column = panel.folder.tokens, panel.folder.roster.id_column or "id"
    table = attempt(faults, partial(read_id_table, path, id_column=id_column, known=tokens))
    if table is None:
        return None
    languages, found = worksheet_languages(), list[Finding]()
    answered = attempt(faults, partial(is_worksheet, table, languages))
    if answered is None:
        return None
    if answered:
        sheet = attempt(faults, partial(read_worksheet, table, languages, id_column=id_column))
        people = None if sheet is None else _declined(panel, sheet, table, found)
    else:
        people = attempt(faults, partial(listed_ids, table, found, id_column=id_column))
        found += repeated(people or ())
        found += [unknown(one, tokens) for one in people or () if one.id not in tokens]
    if people is None:
        return None
    assumed += table.assumed
    known = [one for one in people if one.id in tokens]
    found += [fault for one in known for fault in faults_of(panel, one)]
    faults += sorted(found, key=lambda fault: fault.row or 0)
    names = {tokens[one.id] for one in known}
    count = len(names.intersection(panel.standing.panel))
    if most is not None and not answered and count > most:
        facts = {"count": count, "size": len(panel.standing.panel)}
        faults.append(table.finding(code="dropouts-most", facts=facts))
    return tuple(sorted(names))


def _declined(
    panel: StandingFolder, sheet: Worksheet, table: Table, faults: list[Finding]
) -> tuple[Listed, ...]:
    """Those who declined on a call list, with its faults, those of all other rows among them."""
    faults += sheet.faults
    declined = []
    for row in sheet.rows:
        one = Listed(file=table.file, sheet=table.sheet, row=row.row, id=row.id)
        name = panel.folder.tokens.get(row.id)
        if name is None:
            faults.append(unknown(one, panel.folder.tokens))
        # whoever left in an earlier round may still stand on the call list
        elif row.call.status == "declined" and name not in panel.standing.out:
            declined.append(one)
    return tuple(declined)


def _dropout_faults(panel: StandingFolder, one: Listed) -> Iterator[Finding]:
    name = panel.folder.tokens[one.id]
    if name in panel.standing.panel:
        call = panel.calls.get(one.id)
        if call is not None and call.status == "confirmed":
            yield one.finding("dropout-confirmed")
    elif name in panel.standing.out:
        yield one.finding("dropout-gone-before")
    else:
        yield one.finding("dropout-not-on-panel")


def _unavailable_faults(panel: StandingFolder, one: Listed) -> Iterator[Finding]:
    if panel.folder.tokens[one.id] in panel.standing.panel:
        yield one.finding("unavailable-on-panel")

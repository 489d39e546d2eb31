"""A round of replacements as it is asked for, read and checked as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from sortition.audit.draw.sources import Outcome, Source
from sortition.audit.log.rounds import RoundPlaces
from sortition.core.progress import Progress
from sortition.errors import Finding, InputErrors
from sortition.steps.members.replace.late import Late, read_late
from sortition.steps.members.replace.options import ReplaceOptions
from sortition.steps.members.replace.people import read_people
from sortition.steps.members.replace.replacement import Round, prepare_round
from sortition.steps.members.replace.weighing import read_weights
from sortition.steps.members.standing_folder import StandingFolder, read_standing
from sortition.steps.publish import chosen_outcome, known_already, promised
from sortition.tables.faults import attempt
from sortition.tables.written.results import destination_faults


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
    gone, absent = read_people(options, panel, faults, assumed)
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

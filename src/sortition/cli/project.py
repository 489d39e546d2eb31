"""The project file: options that a command takes from ``assembly.toml`` if they are not given.

Keys are the names of options and arguments as the help shows them. Those at the top are for every
command that has them; those in a table such as ``[select]`` are for this command alone.
"""

from __future__ import annotations

import inspect
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from sortition.cli.around.helping import SpokenHelp
from sortition.cli.around.places import check_given, check_names, open_places
from sortition.cli.around.settings import OWN_NAME, Setting, setting_of, settings_of
from sortition.cli.around.speech import language_in_project
from sortition.errors import SolverFailed
from sortition.texts.speech import phrase

if TYPE_CHECKING:
    from sortition.errors import Finding
    from sortition.instance.settings import Key, Settings

DEFAULT = Path("assembly.toml")
OF_PAGES = {"logo": Path, "contact": str}  # what pages read beside the options of commands
# what another tool's settings call it (`sf_stratification_settings.toml`)
OTHER_TOOLS = {
    "id_column": "id",
    "check_same_address_columns": "household",
    "check_same_address_cols": "household",
    "columns_to_keep": "columns",
    "selection_algorithm": "objective",
}
LANGUAGE = "language"  # the one key that every command with pages takes from a file at hand
UNSPOKEN = "unspoken"  # where a context notes the language that its command does not speak


class ProjectCommand(SpokenHelp):
    """A command that says which of its options come from a project file, and what else may help."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """See that no place is an empty text, and parse as ever."""
        check_given(self, ctx, args)
        ctx.default_map = _language_alone(self, ctx) | _language_before(ctx)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Say so, run the command, and say what can be done if a solver gives up."""
        file = ctx.meta.get(OWN_NAME)
        if file is not None and not ctx.params.get("quiet"):
            taken = [
                key
                for key, setting in settings_of(self).items()
                if (source := ctx.get_parameter_source(setting.parameter)) is not None
                and source.name == "DEFAULT_MAP"
                and setting.parameter not in _language_before(ctx)
            ]
            if taken:  # not said where a draft or JSON may be printed
                said = phrase("options_from", file=file, options=", ".join(taken))
                typer.echo(said, err=True)
        if UNSPOKEN in ctx.meta and not ctx.params.get("quiet"):
            facts = {"command": ctx.info_name, "language": ctx.meta[UNSPOKEN]}
            typer.echo(phrase("language_unspoken", **facts), err=True)
        open_places(ctx)
        _know_sender(file)
        try:
            return super().invoke(ctx)
        except SolverFailed as failure:
            from sortition.cli.show.terminal import THE_ANSWER_IS_NO, complain
            from sortition.pages.failure import ways_out
            from sortition.texts.speech import speak

            complain(*map(speak, ways_out(failure, ctx.info_name, ctx.params)))
            raise typer.Exit(THE_ANSWER_IS_NO) from None


def _know_sender(file: Path | None) -> None:
    """Let pages say whose they are."""
    from sortition.cli.show.terminal import said
    from sortition.pages.sender import SENDER, sender_of

    with said():
        SENDER.set(sender_of(file or DEFAULT))


def _language_alone(command: Any, ctx: Any) -> dict[str, str]:
    """The language of the pages, for a command that takes nothing else from a project file."""
    types = get_type_hints(inspect.unwrap(command.callback))
    by_default = [one.default for one in command.params if one.name == LANGUAGE]
    if OWN_NAME in types or by_default != ["en"]:
        return {}
    wanted = next(language_in_project([command.name]), None)
    if wanted is None or setting_of(LANGUAGE, types[LANGUAGE]).accepts(wanted):
        return {LANGUAGE: wanted} if wanted else {}
    ctx.meta[UNSPOKEN] = wanted
    return {}


def _language_before(ctx: Any) -> dict[str, str]:
    """The language that was asked for before the name of the command, for its pages as well."""
    spoken = ctx.find_root().params.get(f"_{LANGUAGE}")
    return {LANGUAGE: spoken} if spoken else {}


def _take_over(ctx: typer.Context, file: Path | None) -> None:
    """Let the project file fill in what the command line leaves out."""
    if file is None and not DEFAULT.exists():
        return
    from sortition.cli.show.terminal import said
    from sortition.instance.settings import read_settings

    with said():
        path = file or DEFAULT
        check_names((path,))
        values = project_values(read_settings(path), ctx)
        ctx.meta[OWN_NAME] = path
        ctx.default_map = {
            setting.parameter: setting.given(value, path.parent)
            for setting, value in values.items()
        } | _language_before(ctx)


ProjectFile = Annotated[
    Path | None,
    typer.Option(
        "--project",
        metavar="FILE",
        is_eager=True,  # before the options that it fills in
        callback=_take_over,
        help="Take what is not given here from this file. Default: assembly.toml, if it is there.",
        show_default=False,
    ),
]


def project_values(project: Settings, ctx: typer.Context) -> dict[Setting, Any]:
    """What a project file sets for the command of a context.

    Raises
    ------
    InputErrors
        With every key that no command reads and every value of a wrong type, wherever it stands.
    """
    from sortition.errors import InputErrors

    every = typer.main.get_group(ctx.find_root().obj).commands
    commands = {name: found for name, command in every.items() if (found := settings_of(command))}
    general: dict[str, list[Setting]] = {}
    for settings in commands.values():
        for key, setting in settings.items():
            general.setdefault(key, []).append(setting)
    for key, kind in OF_PAGES.items():
        general.setdefault(key, [Setting(parameter=key, type=kind)])
    tables = {name: inner for name, inner in project.document.items() if isinstance(inner, dict)}
    top = {key: value for key, value in project.document.items() if key not in tables}
    faults = list(_faults(project, (), top, general, {*general, *commands}))
    for name, inner in tables.items():
        if name in commands:
            own = {key: [setting] for key, setting in commands[name].items()}
            faults += _faults(project, (name,), inner, own, own)
        else:
            faults.append(project.unknown((name,), commands))
    if faults:
        faults.sort(key=lambda fault: fault.row or 0)
        raise InputErrors(tuple(_listed_once(faults)))
    name = ctx.command.name or ""
    values = {key: value for key, value in top.items() if key in commands[name]}
    language = values.get(LANGUAGE)
    if language is not None and not commands[name][LANGUAGE].accepts(language):
        ctx.meta[UNSPOKEN] = values.pop(LANGUAGE)  # another command speaks it
    return {commands[name][key]: value for key, value in {**values, **tables.get(name, {})}.items()}


def _listed_once(faults: Iterable[Finding]) -> Iterator[Finding]:
    """The faults, with what the keys may be beside the first that it is said of alone."""
    said = set()
    for fault in faults:
        known = fault.facts.get("known")
        facts = {name: fact for name, fact in fault.facts.items() if name != "known"}
        yield replace(fault, facts=facts) if known in said else fault
        if known is not None:
            said.add(known)


def _faults(
    project: Settings,
    table: Key,
    values: Mapping[str, Any],
    settings: Mapping[str, list[Setting]],
    known: Collection[str],
) -> Iterator[Finding]:
    for key, value in values.items():
        if key not in settings:
            yield project.unknown((*table, key), known, OTHER_TOOLS)
            continue
        unfit = [setting.needed for setting in settings[key] if not setting.accepts(value)]
        if unfit and (key != LANGUAGE or len(unfit) == len(settings[key])):
            facts = {"needed": max(unfit, key=len)}
            code = "setting-wrong-type"
            yield project.finding(code=code, key=(*table, key), facts=facts)

"""Makes commands of functions, with the options that several commands share."""

import inspect
from collections.abc import Callable, Sequence
from copy import copy
from functools import wraps
from typing import Any, Concatenate, Literal, ParamSpec

import typer

from roadmap_cli.cli.framework import options
from roadmap_cli.cli.framework.parsing import WORDS, Command, Signed, Worded
from roadmap_cli.cli.session import Session

Shared = Literal["json", "header", "dry_run"]
"""An option that several commands have, and whose value the session keeps."""
_SHARED: dict[Shared, Any] = {
    "json": options.AsJson,
    "header": options.Header,
    "dry_run": options.DryRun,
}
_Values = ParamSpec("_Values")
_Function = Callable[Concatenate[Session, _Values], None]


def command(
    app: typer.Typer,
    name: str,
    *shared: Shared,
    worded: bool = False,
    signed: bool = False,
) -> Callable[[_Function[_Values]], _Function[_Values]]:
    """Add a function to the app as a command of that name.

    Its first parameter is the session; the others are its own options and arguments. `shared`
    are options that it has beside them. The words of a `worded` command may begin with a hyphen,
    also single letters in a `signed` one.
    """

    def add(function: _Function[_Values]) -> _Function[_Values]:
        made_of = Signed if signed else Worded if worded else Command
        settings = WORDS if issubclass(made_of, Worded) else None
        app.command(name, cls=made_of, context_settings=settings)(
            with_session(function, *shared)
        )
        return function

    return add


def alone(
    group: typer.Typer, *shared: Shared
) -> Callable[[_Function[_Values]], _Function[_Values]]:
    """Make a function what a group of commands does where none of them is named."""

    def add(function: _Function[_Values]) -> _Function[_Values]:
        group.callback(invoke_without_command=True)(with_session(function, *shared))
        return function

    return add


def with_session(function: Callable[..., None], *shared: Shared) -> Callable[..., None]:
    """The function as the framework calls it: with a context, and options that it does not get."""

    @wraps(function)
    def called(ctx: typer.Context, **values: Any) -> None:  # noqa: ANN401 - whatever options hold
        session = Session.of(ctx)
        session.context = ctx
        for option in shared:
            values.pop(option)
        function(session, **values)

    first, *own = inspect.signature(function).parameters.values()
    context = first.replace(name="ctx", annotation=typer.Context)
    keyword = inspect.Parameter.KEYWORD_ONLY
    extra = [
        inspect.Parameter(option, keyword, default=False, annotation=_SHARED[option])
        for option in shared
    ]
    parameters = [context, *own, *extra]
    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {
        parameter.name: parameter.annotation for parameter in parameters
    }
    del called.__wrapped__  # the framework would look through it
    return called


def share(program: Any) -> Any:  # noqa: ANN401 - typer keeps the classes of what it builds to itself
    """Let every command take the program's own options too: `list --plain`."""
    _give([option for option in program.params if not option.expose_value], program)
    return program


def _give(shared: Sequence[Any], group: Any) -> None:  # noqa: ANN401 - as above
    for made in group.commands.values():
        taken = {word for option in made.params for word in option.opts}
        # Where any word may begin with a hyphen, `-quick` must not be read as `-q`.
        is_bare = made.context_settings.get("ignore_unknown_options")
        offered = map(_without_letter, shared) if is_bare else shared
        made.params += [option for option in offered if not taken & {*option.opts}]
        if hasattr(made, "commands"):
            _give(shared, made)


def _without_letter(option: Any) -> Any:  # noqa: ANN401 - as above
    bare = copy(option)
    bare.opts = [word for word in option.opts if word.startswith("--")]
    return bare

"""Which catalogue files count where several have one id, and what is said of the others."""

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from roadmap_cli.curriculum.model import Catalogue
from roadmap_cli.disk import duplicates
from roadmap_cli.disk.source import Source
from roadmap_cli.errors import DataFileError

_ID = rb"""(?m)^\s*id\s*=\s*["']([a-z0-9-]+)["']"""


Read = tuple[Catalogue | None, Source]
"""A file, and the catalogue that was read from it; none if it is damaged."""


def originals(files: Sequence[Read]) -> tuple[list[Source], list[DataFileError]]:
    """The files of catalogues that count, and why the other catalogues do not.

    Of files in one folder that have one id the original counts, also where that is damaged: a
    copy may be old. Of files in several folders the first one counts.
    """
    kept: dict[str, Source] = {}
    doubles: list[DataFileError] = []
    for catalogue, source in files:
        if catalogue is None:
            continue
        name = catalogue.id
        rivals = [
            other
            for rival, other in files
            if (rival.id == name if rival else _may_have_id(other, name, source))
        ]
        first = _original(source, rivals, name)
        if first is source and name not in kept:
            kept[name] = source
        elif first is not source and _is_copy(source, first):
            is_damaged = (None, first) in files
            doubles.append(_a_copy(source, first, name, is_damaged=is_damaged))
        else:
            other = kept[name] if first is source else first
            doubles.append(_a_clash(source, other, name))
    return list(kept.values()), doubles


def _may_have_id(damaged: Source, name: str, source: Source) -> bool:
    """Whether a damaged file holds the catalogue of this id that another file holds too.

    Where it does not say its id any more, the names of the two files tell.
    """
    try:
        found = re.search(_ID, damaged.contents.partition(b"\n[")[0])
    except DataFileError:
        found = None
    if found:
        return found[1].decode() == name
    is_copy = duplicates.is_copy_of(_name(source), _name(damaged))
    return is_copy and (_name(damaged) == name or _is_copy(source))


def _original(source: Source, rivals: Sequence[Source], name: str) -> Source:
    if len(rivals) == 1:
        return source
    folder = Path(source.path).parent
    near = [other for other in rivals if Path(other.path).parent == folder]
    names = [_name(other) for other in near]
    return near[names.index(duplicates.original(names, name))]


def _is_copy(source: Source, original: Source | None = None) -> bool:
    name = _name(source)
    is_named_after = original and duplicates.is_copy_of(name, _name(original))
    return bool(is_named_after) or duplicates.looks_copied(name)


def _name(source: Source) -> str:
    return Path(source.path).stem


def _a_copy(
    copy: Source, original: Source, name: str, *, is_damaged: bool
) -> DataFileError:
    there = Path(original.path).name
    why = "which is damaged" if is_damaged else f"both have the id `{name}`"
    then = f"mend {there}" if is_damaged else "remove the copy"
    compare = f"diff {shlex.quote(original.path)} {shlex.quote(copy.path)}"
    return DataFileError(
        f"{copy.path}: looks like a copy of {there}, {why}",
        hint=f"compare the two, then {then}: {compare}",
    )


def _a_clash(source: Source, other: Source, name: str) -> DataFileError:
    return DataFileError(
        f"{source.path}: another catalogue already has the id `{name}`",
        hint="give this one an `id` of its own: progress is kept under it,"
        f" and that of `{name}` counts for {other.path}",
    )

"""What is odd about catalogues that can be read, and its cure."""

from collections.abc import Iterator

from roadmap_cli.curriculum.library import Library
from roadmap_cli.language.phrases import listed
from roadmap_cli.program.findings import Finding


def missing(library: Library) -> Iterator[Finding]:
    """What topics and papers refer to in other catalogues that is not there."""
    loaded = {catalogue.id for catalogue in library.catalogues}
    found: dict[tuple[str, str], list[str]] = {}
    for by, name in library.missing:
        pair = by.partition("/")[0], name.partition("/")[0]
        found.setdefault(pair, []).append(f"{name} (in {by})")
    for (catalogue, other), names in found.items():
        is_loaded = other in loaded
        lacks = f"{other} does not have" if is_loaded else "is not loaded"
        cure = f"load the catalogue {other}"
        yield Finding(
            f"{catalogue} refers to what {lacks}: {listed(names)}",
            f"correct the names{'' if is_loaded else ', or ' + cure}; until then they are left out",
            is_harmless=True,
        )

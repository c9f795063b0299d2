"""What rows about values of services hold."""

from typing import Annotated, Literal, TypedDict

from roadmap_cli.rows.types import Moment, Output


class RefreshRow(TypedDict):
    """A field of a paper of which services say something else, or a paper without such a field."""

    action: Annotated[
        Literal["changed", "kept", "same", "unknown", "left"],
        "`changed`: its new value is written; `kept`: only shown; `same`: services say what the "
        "list has; `unknown`: no service knows the paper; `left`: it could not be asked for.",
    ]
    key: Annotated[str, "The name to type of the paper."]
    title: Annotated[str, "Its title in the list."]
    catalogue: Annotated[str, "The id of the catalogue that has it."]
    field: Annotated[str, "The field; empty where it is about the whole paper."]
    was: Annotated[str, "Its value in the list; several names are parted by `; `."]
    now: Annotated[str, "The value that a service gives."]
    source: Annotated[str, "The service."]
    why: Annotated[str, "Why a value is kept, else empty."]


class SourceRow(TypedDict):
    """A field of a paper, and where its value comes from."""

    key: Annotated[str, "The name to type of the paper."]
    catalogue: Annotated[str, "The id of the catalogue that has it."]
    field: Annotated[str, "The field."]
    value: Annotated[str, "Its value; several names are parted by `; `."]
    sources: Annotated[
        list[str], "The services that gave this value; empty if none is known to have."
    ]
    at: Annotated[Moment | None, "When one of them last did; null if none did."]


class SourcesOutput(Output):
    """What `show --sources` prints."""

    values: Annotated[list[SourceRow], "The fields that the catalogue has, in order."]


class RefreshOutput(Output):
    """What `add --refresh` prints."""

    changes: Annotated[list[RefreshRow], "What services say, paper by paper."]

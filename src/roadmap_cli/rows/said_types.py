"""What a row holds of the fields of an event."""

from typing import Annotated, NotRequired, TypedDict


class SaidRow(TypedDict):
    """What an event says; each only if the journal says it."""

    status: NotRequired[Annotated[str, "The status that was given."]]
    rating: NotRequired[Annotated[int, "The rating given."]]
    tags: NotRequired[
        Annotated[list[str], "The tags put on (`+thesis`) and taken off (`-later`)."]
    ]
    on: NotRequired[Annotated[str, "The day that it was said of, if told."]]
    goal: NotRequired[Annotated[bool, "Whether a goal was set or cleared."]]
    topic: NotRequired[Annotated[str, "The topic or area made the goal."]]
    wish: NotRequired[Annotated[str, "What suggestions have to match; or empty."]]
    uses: NotRequired[
        Annotated[list[str], "The shipped catalogues chosen; empty for all of them."]
    ]
    undoes: NotRequired[Annotated[str, "The command taken back: device@time."]]
    catalogue: NotRequired[Annotated[str, "The own catalogue that was edited."]]
    edit: NotRequired[Annotated[str, "What was done to it, in a word."]]
    was: NotRequired[Annotated[str, "What, or what its name, was before."]]
    became: NotRequired[Annotated[str, "What tells its contents after."]]
    question: NotRequired[Annotated[str, "The question that it is about."]]
    answer: NotRequired[Annotated[str, "How well it was answered."]]
    aside: NotRequired[Annotated[bool, "Whether it is asked no more, or again."]]
    ask: NotRequired[Annotated[str, "The words of a question of your notes."]]

"""What rows about catalogues as a whole hold, and the outputs that list them."""

from typing import Annotated, Literal, TypedDict

from roadmap_cli.rows.types import Output


class UsedRow(TypedDict):
    """A catalogue that comes with the program."""

    catalogue: Annotated[str, "Its id."]
    used: Annotated[bool, "Whether it is used."]
    title: Annotated[str, "What it is called."]
    path: Annotated[str, "Where it is."]


class NewsRow(TypedDict):
    """Something that is new in a catalogue."""

    kind: Annotated[
        Literal[
            "news",
            "came",
            "retired",
            "moved",
            "renamed",
            "link",
            "prerequisites",
            "questions",
        ],
        "What sort of change it is; `news` is what the catalogue's makers say.",
    ]
    catalogue: Annotated[str, "The id of the catalogue."]
    key: Annotated[
        str, "The paper or topic, as it can be named; of news the catalogue."
    ]
    is_topic: Annotated[bool, "Whether it is a topic."]
    title: Annotated[str, "What that is called."]
    what: Annotated[str, "What changed, in words."]
    concerns: Annotated[
        Literal["", "goal", "reading", "read", "known", "skipped"],
        "Why it concerns you: your goal, or what you marked; empty if it does not.",
    ]
    consequence: Annotated[
        str, "What follows for you, in words; empty if nothing does."
    ]
    before: Annotated[
        list[str],
        "What was: topics, names, titles, links; prerequisites and questions that went.",
    ]
    after: Annotated[
        list[str],
        "What is: topics, names, titles, links; prerequisites and questions that came.",
    ]


class NewsOutput(Output):
    """What `whatsnew` prints."""

    news: Annotated[
        list[NewsRow],
        "What is new, that which concerns you first; empty if nothing is.",
    ]


class UsedOutput(Output):
    """What `use` prints."""

    catalogues: Annotated[
        list[UsedRow], "The catalogues that come with the program, in reading order."
    ]

"""Which command prints which outputs with `--json`, by what is typed."""

from collections.abc import Mapping

from roadmap_cli.rows import ahead_types as ahead
from roadmap_cli.rows import catalogue_types as catalogues
from roadmap_cli.rows import entry_types as collect
from roadmap_cli.rows import file_types as files
from roadmap_cli.rows import link_types as links
from roadmap_cli.rows import review_types as reviews
from roadmap_cli.rows import sourced_types as sourced
from roadmap_cli.rows import types

OUTPUTS: Mapping[str, tuple[type, ...]] = {
    "roadmap": (ahead.StandingOutput,),
    "list": (types.TopicsOutput, types.PapersOutput),
    "next": (ahead.SuggestionsOutput,),
    "search": (types.HitsOutput,),
    "show": (
        types.WholePaperOutput,
        types.TopicOutput,
        types.AreaOutput,
        sourced.SourcesOutput,
    ),
    "open": (files.LinksOutput,),
    "mark-read": (types.ChangesOutput,),
    "mark-reading": (types.ChangesOutput,),
    "mark-known": (types.ChangesOutput,),
    "mark-skipped": (types.ChangesOutput,),
    "mark-unread": (types.ChangesOutput,),
    "tag": (types.ChangesOutput, collect.TagsOutput),
    "undo": (types.ChangesOutput,),
    "redo": (types.ChangesOutput,),
    "history": (types.EventsOutput,),
    "note": (files.NotesOutput,),
    "path": (ahead.WayOutput,),
    "goal": (ahead.GoalsOutput,),
    "goal set": (ahead.GoalsOutput,),
    "goal show": (ahead.GoalsOutput,),
    "goal clear": (ahead.GoalsOutput,),
    "plan": (ahead.PlanOutput,),
    "stats": (ahead.StatsOutput,),
    "whatsnew": (catalogues.NewsOutput,),
    "where": (files.FilesOutput,),
    "use": (catalogues.UsedOutput,),
    "backup": (files.CopiesOutput,),
    "restore": (files.CopiesOutput,),
    "doctor": (files.FindingsOutput,),
    "merge": (files.TakenOutput,),
    "import": (files.TakenOutput, collect.EntriesOutput),
    "add": (collect.EntriesOutput, sourced.RefreshOutput),
    "new": (collect.EditsOutput,),
    "edit": (collect.EditsOutput,),
    "check-links": (links.CheckedOutput,),
    "move": (collect.EditsOutput,),
    "remove": (collect.EditsOutput,),
    "get": (files.PdfsOutput,),
    "review": (reviews.PromptsOutput,),
    "answer": (reviews.PromptsOutput,),
    "help": (files.HelpOutput,),
    "schema": (files.SchemasOutput,),
}
"""`roadmap` is the program alone."""

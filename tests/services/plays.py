"""What each service answers, in the shape in which it does."""

from services import arxiv, crossref
from services.server import Play

PLAYS: dict[str, Play] = {
    "export.arxiv.org": arxiv.play,
    "api.crossref.org": crossref.play,
}

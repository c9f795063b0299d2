"""What each service answers, in the shape in which it does."""

from services import arxiv, crossref, links, others, pdfs, zotero
from services.server import Play

PLAYS: dict[str, Play] = {
    "export.arxiv.org": arxiv.play,
    "arxiv.org": pdfs.play,
    "pdfs.example.org": pdfs.any_pdf,
    "api.crossref.org": crossref.play,
    "api.datacite.org": others.data_cite,
    "api.openalex.org": others.open_alex,
    "aclanthology.org": others.anthology,
    "pages.example.org": others.page,
    "raw.githubusercontent.com": others.raw,
    "doi.org": links.doi,
    "archive.org": links.available,
    "web.archive.org": links.index,
    zotero.HOST: zotero.play,
}

"""Hosts of PDFs: arXiv's, and others that know of ranges and of versions."""

import re

from services.papers import ON_ARXIV, SYLLABUS
from services.server import Asked, Reply

KNOWN = frozenset(work.arxiv for work in (*SYLLABUS, *ON_ARXIV))
PDF = "application/pdf"


def pdf_of(name: str, size: int = 3000) -> bytes:
    """A file that begins and ends as a PDF does, another one for each name."""
    head, end = f"%PDF-1.5\n% {name}\n".encode(), b"\n%%EOF\n"
    filler = f"{name} ".encode() * (size // (len(name) + 1) + 1)
    return head + filler[: size - len(head) - len(end)] + end


def play(asked: Asked) -> Reply:
    """What `/pdf/ID` answers of arXiv: the PDF of a work that is there, or a page."""
    number = re.sub(r"v\d+$", "", asked.path.removeprefix("/pdf/"))
    if number in KNOWN or number == "2106.09685":
        return served(asked, pdf_of(number))
    return Reply(404, b"<!DOCTYPE html><title>No document</title>")


def any_pdf(asked: Asked) -> Reply:
    """A host that has a PDF under each path that ends so."""
    if not asked.path.endswith(".pdf"):
        return Reply(404, b"<!DOCTYPE html><title>Not Found</title>")
    return served(asked, pdf_of(asked.path))


def served(asked: Asked, body: bytes, tag: str = '"1"') -> Reply:
    """A file as servers send it: the range that was asked for, if it is still of this version."""
    headers = {"ETag": tag, "Accept-Ranges": "bytes"}
    wanted = re.fullmatch(r"bytes=(\d+)-", asked.headers.get("range", ""))
    if not wanted or asked.headers.get("if-range", tag) != tag:
        return Reply(200, body, PDF, headers)
    start, size = int(wanted[1]), len(body)
    if start >= size:
        return Reply(416, b"", PDF, {**headers, "Content-Range": f"bytes */{size}"})
    headers["Content-Range"] = f"bytes {start}-{size - 1}/{size}"
    return Reply(206, body[start:], PDF, headers)

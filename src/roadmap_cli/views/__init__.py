"""Flat rows with stable keys: what tables, JSON and tab-separated lines have in common."""

from roadmap_cli.views.files import copies, files, findings, schemas
from roadmap_cli.views.rows import Rows
from roadmap_cli.views.view import Row, View

__all__ = ["Row", "Rows", "View", "copies", "files", "findings", "schemas"]

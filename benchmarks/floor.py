"""The floor: a bare Typer application of one command that shows one Rich table of five rows."""

import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer()

ROWS = (
    ("attention", "Attention Is All You Need", "2017"),
    ("bert", "Pre-training of Deep Bidirectional Transformers", "2019"),
    ("clip", "Learning Transferable Visual Models", "2021"),
    ("lora", "Low-Rank Adaptation of Large Language Models", "2022"),
    ("rope", "Rotary Position Embedding", "2021"),
)


@app.command()
def show() -> None:
    """Show five papers."""
    table = Table("Key", "Title", "Year")
    for row in ROWS:
        table.add_row(*row)
    Console().print(table)

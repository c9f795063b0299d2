"""What to read next; every place in the order is explained by named terms.

A paper's place is decided by the first of these terms in which two papers differ, the lower
rank first:

1. `reading`: what you have begun.
2. `follows`: what builds on the goal that was reached, while it is set.
3. `more`: last what is more than enough of every topic in which it stands.
4. `topic`: what belongs to the topic you are in, until it is done.
5. `area`: what belongs to its area.
6. `order`: the order of the curriculum; what is hard and opens nothing waits for what opens the
   way in its topic, and with which a beginner starts, in its area: it has the `order` behind that.
7. `language`: last in its topic, and so with the last `order` of it, what the reader cannot read.
8. `unlocks`, `light`: outside all topics, where the curriculum gives no order, the paper that
   opens the way to more others, then the lighter one, then the one `listed` first.

Whatever a paper still needs stands right before it and has its ranks; `needed` then counts
the steps. So nothing ever ranks above a paper that it requires, and sorting by the printed
ranks gives the printed order. What is read, known, skipped or left out by the wish neither
appears nor holds anything up. On the way to a goal, `more`, `topic` and `area` are out of the
question: only what the goal needs is there, in the order of the curriculum. A draw by lot
(`lot`) replaces all of it.

Pure: the answer follows from the library, the progress, the day and the wishes alone.
"""

from roadmap_cli.suggest.advice import Advice, advise, nothing_left_to
from roadmap_cli.suggest.judge import left
from roadmap_cli.suggest.order import left_on_the_way, suggestions, way_to, whole_way_to
from roadmap_cli.suggest.terms import LONG_BREAK, Suggestion, Term
from roadmap_cli.suggest.whereabouts import current_topic
from roadmap_cli.suggest.wishes import Goal, Remembered, Syllabus, Wishes

__all__ = [
    "LONG_BREAK",
    "Advice",
    "Goal",
    "Remembered",
    "Suggestion",
    "Syllabus",
    "Term",
    "Wishes",
    "advise",
    "current_topic",
    "left",
    "left_on_the_way",
    "nothing_left_to",
    "suggestions",
    "way_to",
    "whole_way_to",
]

"""The process that computes: reads a problem from standard input, writes what it found to standard output.

How far it is goes to standard error, a line each. ``graph_api.metrics.run`` starts and ends it.
"""

from __future__ import annotations

import sys

from graph_api.metrics.compute import computed
from graph_api.metrics.problem import decoded


def main() -> None:
    """Compute what standard input asks for."""
    part, problem = decoded(sys.stdin.buffer.read())
    found = computed(problem, part, lambda text: print(text, file=sys.stderr, flush=True))
    sys.stdout.buffer.write(found.encoded())


if __name__ == "__main__":
    main()

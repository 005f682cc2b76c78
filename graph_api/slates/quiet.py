"""HiGHS without a word on standard output; importing it takes 0.1 s, so only who solves does.

Making a ``Highs`` prints its version before there is a chance to silence it: through its callbacks, which
we have no use for.
"""

from __future__ import annotations

import highspy


class QuietHighs(highspy.Highs):
    """HiGHS that prints nothing."""

    def enableCallbacks(self) -> None:  # noqa: N802  # HiGHS's name
        """Enable none: the program's output would be one."""
        self.silent()

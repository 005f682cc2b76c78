"""Files that are made from the code and committed: written, or checked to be fresh."""

from __future__ import annotations

from pathlib import Path

from graph_api.cli.terminal import Terminal
from graph_api.errors import InvalidSettingError, StaleFileError


def check_or_write(file: Path, text: str, *, check: bool) -> None:
    """Write the text to the file, or raise ``StaleFileError`` when the file holds another text.

    Raises ``InvalidSettingError`` when the file cannot be written.
    """
    before = file.read_text(encoding="utf-8") if file.exists() else None
    if check:
        if before != text:
            raise StaleFileError(
                f"{file} is not what it would be now.",
                remedy="Run the command without --check.",
                file=str(file),
            )
        Terminal().say(f"{file} is fresh.")
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise InvalidSettingError(
            f"{file} cannot be written: {problem.strerror}.", setting="file"
        ) from problem
    Terminal().say(f"{file} {'is unchanged' if before == text else 'is written'}.")

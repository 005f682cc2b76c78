"""The parts of the documentation that can be checked: fenced blocks, commands and links."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "seeds").glob("*.md")])
ANY_LINES = "..."
_VARIABLES = re.compile(r"<!-- variables: (\{.*\}) -->", re.DOTALL)
_MARKDOWN = MarkdownIt("commonmark").enable("table")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block, with the comment before it and the block after it."""

    page: Path
    line: int
    language: str
    text: str
    comment: str = ""
    next_language: str = ""
    next_text: str = ""

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"

    @property
    def variables(self) -> dict[str, object]:
        """The values in a comment ``<!-- variables: {...} -->`` right before the block."""
        match = _VARIABLES.fullmatch(self.comment.strip())
        found: dict[str, object] = json.loads(match[1]) if match else {}
        return found


@dataclass(frozen=True, slots=True)
class Command:
    """A line after ``$`` in a console block, and the lines that it is said to print."""

    place: str
    words: Sequence[str]
    output: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.place} {' '.join(self.words)}"


def blocks(language: str) -> list[Block]:
    """All blocks of a language."""
    return [block for page in PAGES for block in _blocks(page) if block.language == language]


def _blocks(page: Path) -> Iterator[Block]:
    tokens = [token for token in _tokens(page) if token.level == 0]
    fences = [token for token in tokens if token.type == "fence"]
    for token, after in zip(fences, [*fences[1:], None], strict=False):
        before = tokens[tokens.index(token) - 1] if tokens.index(token) else None
        yield Block(
            page,
            (token.map or [0])[0] + 1,
            token.info.strip(),
            token.content,
            before.content if before is not None and before.type == "html_block" else "",
            after.info.strip() if after is not None else "",
            after.content if after is not None else "",
        )


def commands() -> list[Command]:
    """All commands of all console blocks."""
    return [command for block in blocks("console") for command in _commands(block)]


def _commands(block: Block) -> Iterator[Command]:
    found: list[Command] = []
    for line in block.text.replace("\\\n", " ").splitlines():
        if line.startswith("$ "):
            found.append(Command(str(block), shlex.split(line[2:], comments=True)))
        else:
            assert found, f"{block}: a console block begins with a command"
            found[-1].output.append(line)
    yield from found


def fits(expected: Sequence[str], actual: Sequence[str]) -> bool:
    """Whether the lines are the expected ones, where ``...`` stands for any number of lines."""
    pattern = "".join(r"(?:.*\n)*" if line == ANY_LINES else re.escape(line) + r"\n" for line in expected)
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in actual)) is not None


def links() -> list[tuple[Path, str]]:
    """Every link and picture of every page that leads to a file of the project."""
    return [(page, target) for page in PAGES for target in _targets(page) if not re.match(r"[a-z]+:", target)]


def _targets(page: Path) -> Iterator[str]:
    for token in _tokens(page):
        for child in token.children or ():
            target = child.attrGet("href") or child.attrGet("src")
            if target:
                yield str(target)


def anchors(page: Path) -> set[str]:
    """The addresses of the headings of a page, as code hosts make them."""
    tokens = _tokens(page)
    titles = [tokens[at + 1].content for at, token in enumerate(tokens) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def _tokens(page: Path) -> list[Token]:
    return _MARKDOWN.parse(page.read_text(encoding="utf-8"))

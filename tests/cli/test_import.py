"""``net4u import`` as people run it: a look first, then all or nothing, and nothing at all after kill -9."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import time
from pathlib import Path

import openpyxl
import pytest

from tests.programs import NET4U, ROOT, environment, net4u

SOURCES = "key,name,kind\nLETTER-1,A letter,DOCUMENT\nLETTER-2,Another letter,DOCUMENT\n"
MANY = 20_000


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("import") / "data"


def counts(*words: str | Path, code: int = 0) -> dict[str, int]:
    ended = net4u("import", *words, "--report", "json")
    assert ended.code == code, ended.err
    found: dict[str, int] = json.loads(ended.out)["counts"]
    return {kind: number for kind, number in found.items() if number}


def test_a_file_is_looked_at_then_stored_and_then_unchanged(directory: Path, tmp_path: Path) -> None:
    path = tmp_path / "sources.csv"
    path.write_text(SOURCES)

    assert counts(path, "--data", directory) == {"CREATE": 2}
    assert counts(path, "--data", directory) == {"CREATE": 2}
    assert counts(path, "--data", directory, "--commit") == {"CREATE": 2}
    assert counts(path, "--data", directory, "--commit") == {"UNCHANGED": 2}


def test_rejected_rows_keep_the_others_out_or_not(directory: Path, tmp_path: Path) -> None:
    path = tmp_path / "sources.csv"
    path.write_text(SOURCES.replace("LETTER", "MEMO") + "MEMO-3,Third,LETER\n")

    refused = net4u("import", path, "--data", directory, "--commit")
    assert refused.code == 65
    assert refused.error.startswith("REJECTED_FILE: 1 of 3 rows are rejected, nothing is stored.")
    assert "kind: expected one of" in refused.out.replace("\n", " ")
    assert counts(path, "--data", directory, "--commit", "--rows") == {"CREATE": 2, "REJECTED": 1}
    assert counts(path, "--data", directory) == {"UNCHANGED": 2, "REJECTED": 1}


def test_the_outcomes_are_a_table_that_holds_no_formula(directory: Path, tmp_path: Path) -> None:
    path = tmp_path / "sources.csv"
    path.write_text('key,name,kind\n"=1+1",A letter,DOCUMENT\n')
    printed = net4u("import", path, "--data", directory, "--report", "csv").out
    (row,) = csv.DictReader(io.StringIO(printed))

    assert (row["outcome"], row["row"], row["column"], row["value"]) == ("REJECTED", "2", "key", "'=1+1")


@pytest.mark.parametrize(
    ("words", "code", "error"),
    [
        ((), 64, "INVALID_ARGUMENT: No file is named."),
        (("nothing.csv",), 65, "UNREADABLE_FILE: nothing.csv cannot be read: No such file"),
        (("LICENSE",), 65, "UNREADABLE_FILE: LICENSE is of no known format."),
        (("LICENSE", "--rows"), 64, "INVALID_ARGUMENT: Rows are stored with --commit only."),
        (("--template", "organisations"), 64, "INVALID_ARGUMENT: Nothing that can be imported is called"),
        (("--template", "organizations", "--format", "pdf"), 64, "INVALID_ARGUMENT: There is no template"),
        (("LICENSE", "--format", "pdf"), 64, "INVALID_ARGUMENT: 'pdf' is no format of files."),
    ],
)
def test_what_cannot_be_done_is_one_line(
    directory: Path, words: tuple[str, ...], code: int, error: str
) -> None:
    ended = net4u("import", *words, "--data", directory)

    assert ended.code == code
    assert ended.error.startswith(error)


def test_a_template_is_written(directory: Path, tmp_path: Path) -> None:
    path = tmp_path / "members.xlsx"
    ended = net4u("import", "--template", "memberships", "--output", path, "--data", directory)

    assert ended.out == f"{path} is written: 6 columns for MemberOf.\n"
    assert [cell.value for cell in openpyxl.load_workbook(path).worksheets[0][1]][:2] == ["source", "target"]
    assert "No rows." in net4u("import", path, "--as", "MemberOf", "--data", directory).out


def test_killed_in_the_middle_it_leaves_nothing(tmp_path: Path) -> None:
    # given a file of many batches, and an import that has written the first ones
    data, temporary = tmp_path / "data", tmp_path / "temporary"
    temporary.mkdir()
    path = tmp_path / "sources.csv"
    path.write_text("key,name,kind\n" + "".join(f"L-{at},Letter {at},DOCUMENT\n" for at in range(MANY)))
    process = subprocess.Popen(
        [*NET4U, "import", str(path), "--commit", "--data", str(data)],
        cwd=ROOT,
        env=environment({"TMPDIR": str(temporary)}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not any(found.stat().st_size for found in temporary.glob("import-*/0.jsonl")):
        assert process.poll() is None, process.communicate()[1]
        assert time.monotonic() < deadline, "no batch was written"
        time.sleep(0.01)

    # when the command and its engine are killed
    os.killpg(process.pid, signal.SIGKILL)
    assert process.wait(30) == -signal.SIGKILL
    process.communicate()

    # then nothing of the file is in the graph, and all of it can be imported
    assert counts(path, "--data", data) == {"CREATE": MANY}

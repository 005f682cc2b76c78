"""The project's frame keeps its promises: pinned packages, container files, scripts, the pages' files."""

from __future__ import annotations

import json
import os
import re
import shutil
import string
import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

import pytest
import yaml

from scripts.check_compose import UnsetVariableError, interpolate, problems
from scripts.check_texts import RULES, breaches

ROOT = Path(__file__).parents[2]
WEB = ROOT / "graph_api" / "serve" / "web"
COMPOSE = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
REQUIREMENTS = ["build", "runtime", "develop"]
SERVICES = ["net4u", "neo4j"]


def pins(name: str) -> dict[str, str]:
    """Package and what follows its version, for each package pinned in requirements/NAME.txt."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    return {
        re.split(r"==", line, maxsplit=1)[0]: line
        for line in text.splitlines()
        if line and not line.startswith("#")
    }


def canonical(requirement: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=~!; ]", requirement, maxsplit=1)[0]).lower()


def project() -> Mapping[str, object]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


# ---------------------------------------------------------------- requirements


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_pin_is_exact_and_has_hashes(name: str) -> None:
    assert pins(name)
    for package, line in pins(name).items():
        assert re.match(r"^[a-z0-9.-]+==[^ ]+( ; [^\\]+?)? +--hash=sha256:[0-9a-f]{64}", line), package


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_requirements_name_no_index(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert re.findall(r"://|--(?:extra-)?index-url|--find-links|--trusted-host", text) == []


def test_what_pyproject_asks_for_is_pinned() -> None:
    declared = project()
    runtime = cast(dict[str, list[str]], declared["project"])["dependencies"]
    develop = cast(dict[str, list[str]], declared["dependency-groups"])["develop"]
    assert {canonical(one) for one in runtime} <= set(pins("runtime"))
    assert {canonical(one) for one in develop} <= set(pins("develop"))


def test_tests_run_on_what_is_served() -> None:
    # The versions a user gets are the versions the tests ran on.
    assert pins("runtime").items() <= pins("develop").items()


# ---------------------------------------------------------------- containers


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, object]]:
    document = yaml.safe_load(interpolate(COMPOSE, {"NEO4J_PASSWORD": "example"}))
    return cast(dict[str, dict[str, object]], document["services"])


def test_compose_without_a_password_is_refused() -> None:
    with pytest.raises(UnsetVariableError, match="set NEO4J_PASSWORD"):
        interpolate(COMPOSE, {})


def test_compose_is_valid() -> None:
    assert problems(COMPOSE) == []


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("interval: 10s", "interwal: 10s"),
        ("\n  neo4j-logs:\n", "\n"),
        (":8000\n", ":eight\n"),
        ("condition: service_healthy", "condition: service_happy"),
    ],
)
def test_the_compose_check_finds_mistakes(good: str, bad: str) -> None:
    broken = COMPOSE.replace(good, bad, 1)
    assert broken != COMPOSE
    assert problems(broken)


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_listens_on_this_machine_only(services: dict[str, dict[str, object]], name: str) -> None:
    ports = cast(list[str], services[name]["ports"])
    assert [port for port in ports if not port.startswith("127.0.0.1:")] == []


@pytest.mark.parametrize("name", SERVICES)
def test_each_service_says_whether_it_is_healthy(services: dict[str, dict[str, object]], name: str) -> None:
    assert cast(dict[str, object], services[name]["healthcheck"])["test"]


@pytest.mark.parametrize("name", SERVICES)
def test_images_have_a_tag_that_is_not_latest(services: dict[str, dict[str, object]], name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+:(?!latest)[\w.-]+", str(services[name]["image"]))


def test_the_service_waits_for_a_healthy_database(services: dict[str, dict[str, object]]) -> None:
    assert services["net4u"]["depends_on"] == {"neo4j": {"condition": "service_healthy"}}


def instructions() -> Iterator[tuple[str, str]]:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            word, _, rest = line.strip().partition(" ")
            yield word, rest.strip()


def test_the_image_runs_as_an_ordinary_user() -> None:
    assert [rest for word, rest in instructions() if word == "USER"] == ["10001:10001"]


def test_the_image_copies_only_what_its_context_lets_in() -> None:
    let_in = {
        line.removeprefix("!") for line in (ROOT / ".dockerignore").read_text().splitlines() if line[0] == "!"
    }
    copied = {
        source
        for word, rest in instructions()
        if word == "COPY" and not rest.startswith("--from")
        for source in rest.split()[:-1]
    }
    assert copied == let_in


def test_the_image_installs_by_hash_only() -> None:
    installs = [rest for word, rest in instructions() if word == "RUN" and "pip install" in rest]
    assert len(installs) == 2
    assert all("--require-hashes" in rest or "--no-deps --no-build-isolation" in rest for rest in installs)


# ---------------------------------------------------------------- make and scripts


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "NET4U_"))}
    return subprocess.run(command, cwd=ROOT, env={**clean, **environment}, capture_output=True, text=True)


def test_make_alone_lists_the_targets() -> None:
    listed = re.findall(r"^  make ([a-z0-9]+) +\S", run("make").stdout, re.MULTILINE)
    assert {"help", "serve", "neo4j", "test", "check", "bench", "clean"} <= set(listed)


@pytest.fixture
def settings_seen(tmp_path: Path) -> Path:
    """A Makefile that includes ours and shows which settings a recipe would get."""
    makefile = tmp_path / "Makefile"
    makefile.write_text(f"include {ROOT}/Makefile\nseen:\n\t@env | grep ^NET4U_ || true\n", encoding="utf-8")
    return makefile


def test_settings_typed_after_make_reach_the_program(settings_seen: Path) -> None:
    seen = run("make", "-f", str(settings_seen), "seen", "PORT=8123", "DATABASE=neo4j://u:p'w$d@h:1").stdout
    assert sorted(seen.splitlines()) == ["NET4U_DATABASE=neo4j://u:p'w$d@h:1", "NET4U_PORT=8123"]


def test_names_that_environments_use_for_other_things_are_not_settings(settings_seen: Path) -> None:
    seen = run("make", "-f", str(settings_seen), "seen", HOST="laptop", DATA="elsewhere", NET4U_PORT="8123")
    assert seen.stdout.splitlines() == ["NET4U_PORT=8123"]


def test_a_python_that_is_too_old_is_named(tmp_path: Path) -> None:
    old = tmp_path / "python"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    outcome = run("scripts/make_venv", str(tmp_path / "venv"), PYTHON=str(old))
    assert outcome.returncode == 69
    assert outcome.stderr.count("\n") == 1
    assert f"tried: {old}" in outcome.stderr
    assert not (tmp_path / "venv").exists()


def test_missing_tools_are_named_in_one_line(tmp_path: Path) -> None:
    # given a machine without the tools, on which nothing can be installed
    for name in ["bash", "sed", "env"]:
        (tmp_path / name).symlink_to(cast(str, shutil.which(name)))
    outcome = run("scripts/ensure_tools", "java", "maven", "node", "chromium", PATH=str(tmp_path))

    # then the one line names them and how to get them
    assert outcome.returncode == 69
    assert outcome.stderr.count("\n") == 1
    assert "JDK 17 or newer, Maven, Node.js 20 or newer with npm, Chromium" in outcome.stderr
    assert "apt-get install default-jdk-headless maven nodejs npm chromium" in outcome.stderr


def test_a_java_that_is_too_old_counts_as_missing(tmp_path: Path) -> None:
    for name in ["bash", "sed", "env"]:
        (tmp_path / name).symlink_to(cast(str, shutil.which(name)))
    (tmp_path / "javac").write_text("#!/bin/sh\necho javac 11.0.2\n", encoding="utf-8")
    (tmp_path / "javac").chmod(0o755)
    outcome = run("scripts/ensure_tools", "java", PATH=str(tmp_path))
    assert (outcome.returncode, "JDK 17 or newer" in outcome.stderr) == (69, True)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("pip install -i https://" + "pypi" + ".org/simple", "names a package registry"),
        ("see /" + "home/ada/notes", "names a place on one machine"),
        ("<" * 7 + " mine", "has a merge conflict"),
    ],
)
def test_the_text_check_finds_what_must_not_be_committed(tmp_path: Path, line: str, rule: str) -> None:
    file = tmp_path / "file"
    file.write_text(f"fine\n{line}\n", encoding="utf-8")
    assert list(breaches(file)) == [(2, rule)]


def test_addresses_of_web_pages_are_no_places_on_a_machine() -> None:
    assert not RULES["names a place on one machine"].search("https://example.org/home/news and a/tmp/b")


# ---------------------------------------------------------------- pages


def test_npm_packages_have_hashes_and_name_no_registry() -> None:
    lock = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if not entry["integrity"].startswith("sha512-")] == []


def test_the_query_page_has_no_inline_code_and_no_other_host() -> None:
    page = (WEB / "query" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"<style|<script(?![^>]* src=)|\son\w+=|\sstyle=|https?://", page) == []


def test_the_query_page_stays_light() -> None:
    assert sum(file.stat().st_size for file in (WEB / "query").rglob("*") if file.is_file()) < 8_000_000


@pytest.mark.parametrize(
    ("template", "names"),
    [
        ("index", {"language", "title", "summary", "links", "figures", "notice", "questions"}),
        ("link", {"address", "label", "note"}),
        ("figure", {"label", "value"}),
        ("question", {"address", "title", "description"}),
    ],
)
def test_landing_templates_take_the_names_that_they_state(template: str, names: set[str]) -> None:
    text = (WEB / "landing" / f"{template}.html").read_text(encoding="utf-8")
    filled = string.Template(text).substitute(dict.fromkeys(names, "filled"))
    assert set(string.Template(text).get_identifiers()) == names
    assert "https://" not in filled

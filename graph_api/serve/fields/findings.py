"""The root field with findings about a node: its types, and how they are answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypeAlias, cast

from graphql import GraphQLFieldResolver, GraphQLResolveInfo

from graph_api.access.keys import today
from graph_api.api_types.build import Resolvers
from graph_api.api_types.specs import ArgumentSpec, EnumSpec, FieldSpec, TypeForm, TypeSpec
from graph_api.errors import UnknownKeyError
from graph_api.exports.reading import data_of
from graph_api.findings.declare import Finding, Findings, Severity, sorted_findings
from graph_api.plan.convert import plain
from graph_api.plan.entities import EntityRef
from graph_api.serve.execution.context import COST, ROLE, RUNTIME, check_cost
from graph_api.serve.execution.entities import fetched
from graph_api.shape.records import Record

if TYPE_CHECKING:
    from graph_api.serve.runtime import Runtime

Info: TypeAlias = "GraphQLResolveInfo[dict[str, object]]"
_SEVERITY = "FindingSeverity"
_MANY, _SOME = 1000, 100
"""Rows of large and of small pages of the question; a smaller largest page of the server cuts both."""


@dataclass(frozen=True, slots=True)
class _Judged:
    """What was found about a node on a day."""

    ref: EntityRef
    day: date
    found: Sequence[Finding]


def findings_field(findings: Findings) -> FieldSpec:
    """The root field."""
    declared, field = findings.declared, findings.kind.field
    arguments = (
        ArgumentSpec(field, "String!", findings.kind.key.description),
        ArgumentSpec("asOf", "Date", "The day to look at it; today when left out."),
    )
    return FieldSpec(declared.field, f"{declared.type_name}!", declared.text, arguments)


def findings_enums(findings: Findings) -> tuple[EnumSpec, ...]:
    """The severities, and the rules."""
    severities = tuple((each.name, each.value) for each in Severity)
    rules = tuple(findings.declared.rules.items())
    return (
        EnumSpec(_SEVERITY, "How much a finding matters, from least to most.", severities),
        EnumSpec(_rule_name(findings), "What is looked at.", rules),
    )


def findings_specs(findings: Findings) -> tuple[TypeSpec, ...]:
    """What is answered, and one finding of it."""
    type_name, kind = findings.declared.type_name, findings.kind
    least = ArgumentSpec("least", _SEVERITY, "Only findings that matter at least so much.")
    rules = ArgumentSpec("rules", f"[{_rule_name(findings)}!]", "Only findings of these rules.")
    judged = (
        FieldSpec(kind.field, kind.name, "What was looked at."),
        FieldSpec("asOf", "Date!", "The day that it was looked at."),
        FieldSpec("findings", f"[{type_name}Finding!]!", "The most severe first.", (least, rules)),
    )
    finding = (
        FieldSpec("rule", f"{_rule_name(findings)}!", "The rule that says it."),
        FieldSpec("severity", f"{_SEVERITY}!", "How much it matters."),
        FieldSpec("message", "String!", "What was found."),
        FieldSpec("evidence", f"[{findings.root}]!", "What shows it; nothing for what is gone meanwhile."),
        FieldSpec("sources", f"[{findings.source_kind}]!", "What states the facts that it rests on."),
    )
    text = "What one rule says. It reminds; whoever is responsible decides."
    return (
        TypeSpec(type_name, TypeForm.OBJECT, declared_text(findings), judged),
        TypeSpec(f"{type_name}Finding", TypeForm.OBJECT, text, finding),
    )


def declared_text(findings: Findings) -> str:
    """What the answer is."""
    return f"What the rules say on a day. {findings.declared.text}"


def findings_resolvers(findings: Findings) -> Resolvers:
    """How the fields are answered."""
    type_name, kind = findings.declared.type_name, findings.kind
    one = f"{type_name}Finding"
    found: dict[tuple[str, str], GraphQLFieldResolver] = {
        ("Query", findings.declared.field): _judges(findings),
        (type_name, kind.field): _subject,
        (type_name, "asOf"): lambda source, _info: source.day,
        (type_name, "findings"): _listed,
        (one, "rule"): lambda source, _info: source.rule,
        (one, "severity"): lambda source, _info: source.severity.name,
        (one, "message"): lambda source, _info: source.message,
        (one, "evidence"): lambda source, info: fetched(info, source.evidence),
        (one, "sources"): lambda source, info: fetched(info, _sources(findings, source)),
    }
    return found


def _judges(findings: Findings) -> GraphQLFieldResolver:
    async def resolve(_source: object, info: Info, **arguments: object) -> _Judged:
        key, day = str(arguments[findings.kind.field]), cast("date | None", arguments.get("asOf")) or today()
        data = await _asked(findings, info, key)
        found = findings.declared.judge(data, day)
        if found is None:
            raise UnknownKeyError(
                f"Nothing among the {findings.kind.plural} has the key '{key[:80]}'.",
                remedy=f"Ask for the keys of the {findings.kind.plural} first, or correct the spelling.",
                argument=findings.kind.field,
                value=key[:80],
            )
        name = findings.kind.name
        now = cast("Runtime", info.context[RUNTIME]).versions.redirects.key(name, key)
        return _Judged(EntityRef(name, now), day, sorted_findings(found))

    return resolve


async def _asked(findings: Findings, info: Info, key: str) -> Mapping[str, object]:
    """The facts as the viewer may see them, read in one statement; raises the error of the question."""
    context = info.context
    runtime = cast("Runtime", context[RUNTIME])
    most = runtime.vocabulary.max_page
    inner: dict[str, object] = {RUNTIME: runtime}
    if ROLE in context:
        inner[ROLE] = context[ROLE]
    result = await runtime.schema.strawberry.execute(
        findings.declared.document,
        variable_values={"key": key, "many": min(_MANY, most), "some": min(_SOME, most)},
        context_value=inner,
    )
    data = data_of(result.data, [error.formatted for error in result.errors or ()])
    cost = cast(int, context.get(COST, 0)) + cast(int, inner.get(COST, 0))
    context[COST] = cost
    check_cost(cost, runtime.max_cost)
    return data


async def _subject(judged: _Judged, info: Info) -> Record | None:
    return (await fetched(info, [judged.ref]))[0]


def _listed(
    judged: _Judged, _info: Info, least: object = None, rules: Sequence[object] | None = None
) -> list[Finding]:
    severities = list(Severity)
    lowest = severities.index(Severity[str(plain(least))]) if least is not None else 0
    names = {str(plain(rule)) for rule in rules} if rules is not None else None
    return [
        each
        for each in judged.found
        if severities.index(each.severity) >= lowest and (names is None or each.rule in names)
    ]


def _sources(findings: Findings, finding: Finding) -> list[EntityRef]:
    return [EntityRef(findings.source_kind, key) for key in finding.sources]


def _rule_name(findings: Findings) -> str:
    return f"{findings.declared.type_name}Rule"

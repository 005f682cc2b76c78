"""The service on a real socket, on the seeds: every answer is what the published schemas describe."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import cast
from urllib.parse import quote, urlsplit

import httpx
import pytest

from tests.programs import Server
from tests.reconcile.specification import NEW, OLD, check

ROOT, DRAFT = "reconcile", "reconcile/draft"
STRADA = "Organization:ORG-LA-STRADA-INTERNATIONAL"
Json = dict[str, object]
Candidates = list[dict[str, object]]


def old(service: Server, **queries: Json) -> dict[str, Candidates]:
    answer = httpx.post(service.url(ROOT), data={"queries": json.dumps(queries)}, timeout=60)
    assert answer.status_code == 200, answer.text
    check(OLD, "reconciliation-query-batch", queries)
    check(OLD, "reconciliation-result-batch", answer.json())
    return {name: found["result"] for name, found in answer.json().items()}


def new(service: Server, *conditions: Mapping[str, object], **query: object) -> Candidates:
    body = {"queries": [{**query, "conditions": conditions}]}
    answer = httpx.post(service.url(f"{DRAFT}/match"), json=body, timeout=60)
    assert answer.status_code == 200, answer.text
    check(NEW, "reconciliation-query-batch", body)
    check(NEW, "reconciliation-result-batch", answer.json())
    return cast(Candidates, answer.json()["results"][0]["candidates"])


def extended(service: Server, ids: list[str], *properties: str) -> Json:
    body = {"ids": ids, "properties": [{"id": each} for each in properties]}
    answer = httpx.post(service.url(ROOT), data={"extend": json.dumps(body)}, timeout=60)
    assert answer.status_code == 200, answer.text
    check(OLD, "data-extension-query", body)
    check(OLD, "data-extension-response", answer.json())
    draft = httpx.post(service.url(f"{DRAFT}/extend"), json=body, timeout=60)
    check(NEW, "data-extension-response", draft.json())
    assert [row["id"] for row in draft.json()["rows"]] == ids
    return cast(Json, answer.json())


def suggested(service: Server, what: str, **fields: str) -> Candidates:
    answer = httpx.get(service.url(f"{ROOT}/suggest/{what}"), params=fields, timeout=60)
    draft = httpx.get(service.url(f"{DRAFT}/suggest/{what}"), params=fields, timeout=60)
    name = {"entity": "entities", "property": "properties", "type": "types"}[what]
    check(OLD, f"suggest-{name}-response", answer.json())
    check(NEW, f"suggest-{name}-response", draft.json())
    assert answer.json() == draft.json()
    return cast(Candidates, answer.json()["result"])


def test_the_manifests_lead_to_the_services(service: Server) -> None:
    released, draft = service.get(ROOT).json(), service.get(DRAFT).json()

    check(OLD, "manifest", released)
    check(NEW, "manifest", draft)
    assert [each["id"] for each in released["defaultTypes"]] == ["Organization", "RegisterEntry"]
    assert "authentication" not in released
    for each in (*released["suggest"].values(), released["extend"]["propose_properties"]):
        path = urlsplit(each["service_url"] + each["service_path"]).path
        assert service.get(f"{path}?prefix=a").status_code == 200
    for template in (released["view"]["url"], released["preview"]["url"], draft["view"]["url"]):
        page = httpx.get(template.replace("{{id}}", quote(STRADA, safe="")))
        assert page.status_code == 200
    assert service.get(urlsplit(released["documentation"]).path).status_code == 200


def test_names_are_matched_with_scores_types_and_features(service: Server) -> None:
    found = old(
        service,
        exact={"query": "La Strada International", "type": "Organization"},
        spelled={"query": "Asociatia Eliberare", "type": ["Organization"], "limit": 1},
        unlike={"query": "Zzyzx Qwfpgj"},
    )

    [strada] = [each for each in found["exact"] if each["id"] == STRADA]
    assert strada["match"] is True
    assert cast(float, strada["score"]) > 95
    assert strada["type"] == [{"id": "Organization", "name": "Organization"}]
    assert all(str(each["id"]).startswith("Organization:") for each in found["exact"])
    features = cast(Candidates, strada["features"])
    assert sum(cast(float, each["value"]) for each in features) == pytest.approx(strada["score"], abs=0.1)
    assert len({each["id"] for each in features}) == len(features)
    assert [each["name"] for each in found["spelled"]] == ["Associatia Eliberare"]
    assert found["unlike"] == []
    assert all(0 <= cast(float, each["score"]) <= 100 for results in found.values() for each in results)


def test_an_id_or_a_key_finds_its_entity_first(service: Server) -> None:
    key = STRADA.partition(":")[2]
    found = old(service, id={"query": STRADA}, key={"query": key})
    draft = new(service, {"matchType": "id", "propertyValue": STRADA})

    assert {found["id"][0]["id"], found["key"][0]["id"], draft[0]["id"]} == {STRADA}
    assert found["id"][0]["score"] == draft[0]["score"] == 100


def test_a_place_speaks_for_a_candidate_or_against_it(service: Server) -> None:
    name = "Demo Ceiba Institute for Safe Borders"
    found = old(
        service,
        plain={"query": name},
        here={"query": name, "properties": [{"pid": "country", "v": "Guatemala"}]},
        entity={"query": name, "properties": [{"pid": "country", "v": {"id": "Country:GTM"}}]},
        elsewhere={"query": name, "properties": [{"pid": "country", "v": "Kenya"}]},
    )

    scores = {each: cast(float, results[0]["score"]) for each, results in found.items()}
    assert scores["elsewhere"] < scores["plain"] < scores["here"] == scores["entity"]


def test_a_required_condition_filters(service: Server) -> None:
    name = {"matchType": "name", "propertyValue": "Demo Ceiba Institute for Safe Borders"}
    place = {"matchType": "property", "propertyId": "country", "propertyValue": "Kenya", "required": True}

    assert new(service, name)
    assert all("KEN" in str(each["description"]) for each in new(service, name, place))
    without = new(service, name, {**place, "matchQuantifier": "none", "propertyValue": "GTM"})
    assert all("GTM" not in str(each["description"]) for each in without)


def test_queries_come_by_get_too(service: Server) -> None:
    queries = json.dumps({"q": {"query": "Stolen Dreams", "limit": 1}})

    answer = httpx.get(service.url(ROOT), params={"queries": queries})

    check(OLD, "reconciliation-result-batch", answer.json())
    assert answer.json()["q"]["result"][0]["name"] == "Stolen Dreams"


def test_entities_properties_and_types_are_suggested(service: Server) -> None:
    assert STRADA in {each["id"] for each in suggested(service, "entity", prefix="strada")}
    assert [each["id"] for each in suggested(service, "entity", prefix=STRADA)][:1] == [STRADA]
    first = suggested(service, "entity", prefix="international")
    assert len(first) == 20
    later = suggested(service, "entity", prefix="international", cursor="20")
    assert not {str(each["id"]) for each in first} & {str(each["id"]) for each in later}
    assert suggested(service, "entity", prefix="") == []
    assert [each["id"] for each in suggested(service, "property", prefix="coun")] == ["country"]
    assert {each["id"] for each in suggested(service, "type")} == {"Organization", "RegisterEntry"}


def test_properties_are_proposed_for_a_type(service: Server) -> None:
    answer = service.get(f"{ROOT}/extend/propose?type=Organization").json()
    few = service.get(f"{ROOT}/extend/propose?type=Organization&limit=3").json()

    check(OLD, "data-extension-property-proposal", answer)
    check(NEW, "data-extension-property-proposal", answer)
    names = {each["id"] for each in answer["properties"]}
    assert {"name", "acronym", "country", "memberships"} <= names
    assert "contactEmail" not in names
    assert len(few["properties"]) == few["limit"] == 3


def test_values_of_properties_and_relations_are_given(service: Server) -> None:
    ceiba = "Organization:DEMO-ORG-CEIBA"
    properties = ("country", "founded", "aliases", "memberships", "synthetic", "kind")
    found = extended(service, [ceiba, STRADA, "Organization:NONE", "nothing"], *properties)
    rows = cast("dict[str, dict[str, list[Json]]]", found["rows"])

    assert rows[ceiba]["country"] == [{"id": "Country:GTM", "name": "Guatemala"}]
    assert rows[ceiba]["founded"] == [{"str": "2009-05"}]
    assert rows[ceiba]["synthetic"] == [{"str": "true"}]
    assert rows[ceiba]["kind"] == [{"str": "ACADEMIA"}]
    assert {str(each["id"]).partition(":")[0] for each in rows[ceiba]["memberships"]} == {"Network"}
    assert rows[STRADA]["aliases"] == [{"str": "La Strada International Association"}]
    assert all(values == [] for each in ("Organization:NONE", "nothing") for values in rows[each].values())
    meta = cast(Candidates, found["meta"])
    assert meta[0] == {"id": "country", "name": "Country", "type": {"id": "Country", "name": "Country"}}


def test_a_preview_may_be_framed_and_can_run_nothing(service: Server) -> None:
    page = service.get(f"{ROOT}/preview?id={quote(STRADA)}")

    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "x-frame-options" not in page.headers
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors *" in policy
    assert "script-src" not in policy
    assert "La Strada International Association" in page.text
    assert "<script" not in page.text


def test_pages_of_any_site_may_ask(service: Server) -> None:
    origin = {"Origin": "https://elsewhere.example"}
    asked = {
        **origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    for path in (ROOT, f"{DRAFT}/match", f"{ROOT}/suggest/entity", f"{ROOT}/nowhere"):
        before = httpx.options(service.url(path), headers=asked)
        assert before.status_code == 204
        assert before.headers["access-control-allow-origin"] == "*"
        assert "authorization" in before.headers["access-control-allow-headers"].lower()
        answer = service.get(path, **origin)
        assert answer.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in answer.headers


def test_a_callback_makes_no_program_of_an_answer(service: Server) -> None:
    answer = service.get(f"{ROOT}?callback=run")

    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    check(OLD, "manifest", answer.json())


@pytest.mark.parametrize(
    ("method", "path", "given", "status", "code"),
    [
        ("GET", f"{ROOT}?queries=%7B", {}, 400, "MALFORMED_REQUEST"),
        ("GET", f"{ROOT}?queries=%FF", {}, 400, "MALFORMED_REQUEST"),
        ("POST", ROOT, {"data": {"other": "1"}}, 400, "MALFORMED_REQUEST"),
        ("POST", ROOT, {"json": {}}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("POST", f"{DRAFT}/match", {"data": {"queries": "{}"}}, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("POST", f"{DRAFT}/match", {"json": {"queries": []}}, 200, ""),
        ("POST", f"{DRAFT}/match", {"json": []}, 400, "MALFORMED_REQUEST"),
        (
            "POST", f"{DRAFT}/match",
            {"json": {"queries": [{"conditions": [{"matchType": "property", "propertyId": "country",
                                                   "propertyValue": "KEN", "matchQualifier": "Like"}]}]}},
            400, "INVALID_ARGUMENT",
        ),
        ("DELETE", ROOT, {}, 405, "METHOD_NOT_ALLOWED"),
        ("GET", f"{ROOT}/nowhere", {}, 404, "UNKNOWN_ADDRESS"),
        ("GET", f"{DRAFT}/match", {}, 404, "UNKNOWN_ADDRESS"),
        ("GET", f"{ROOT}/preview?id=Organization:NONE", {}, 404, "UNKNOWN_ADDRESS"),
        ("GET", f"{ROOT}/suggest/entity?prefix=a&cursor=-1", {}, 400, "MALFORMED_REQUEST"),
        ("GET", f"{ROOT}/extend/propose?type=Nothing", {}, 400, "INVALID_ARGUMENT"),
        ("POST", ROOT, {"data": {"queries": '{"q":{"query":"a","type":"None"}}'}}, 400, "INVALID_ARGUMENT"),
        (
            "POST", ROOT,
            {"data": {"queries": '{"q":{"query":"a","properties":[{"pid":"founded","v":1}]}}'}},
            400, "INVALID_ARGUMENT",
        ),
        ("POST", ROOT, {"data": {"extend": '{"ids":["a"],"properties":[{"id":"nothing"}]}'}}, 400,
         "INVALID_ARGUMENT"),
        ("POST", ROOT, {"data": {"extend": '{"ids":"a"}'}}, 400, "MALFORMED_REQUEST"),
        ("POST", ROOT, {"data": {"queries": json.dumps({str(n): {"query": "a"} for n in range(51)})}}, 413,
         "LIMIT_EXCEEDED"),
        ("POST", ROOT, {"data": {"queries": "x" * 1_000_001}}, 413, "LIMIT_EXCEEDED"),
        ("GET", f"{ROOT}?" + "&".join(f"a{n}=1" for n in range(30)), {}, 400, "MALFORMED_REQUEST"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_a_typed_error(
    service: Server, method: str, path: str, given: dict[str, object], status: int, code: str
) -> None:
    answer = httpx.request(method, service.url(path), timeout=60, **given)  # type: ignore[arg-type]  # its own options

    assert answer.status_code == status, answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    if code:
        assert answer.json()["errors"][0]["extensions"]["code"] == code

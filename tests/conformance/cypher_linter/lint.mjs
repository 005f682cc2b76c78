// Reads [{name, text, parameters}] from standard input and prints what Neo4j's linter says of each
// text, for both versions of the language: [{name, version, severity, message, near}].
import { readFileSync } from 'node:fs';
import { lintCypherQuery } from '@neo4j-cypher/language-support';

const VERSIONS = ['CYPHER 5', 'CYPHER 25'];
const SEVERITIES = ['', 'error', 'warning', 'information', 'hint'];

function findings({ name, text, parameters }, version) {
  const known = Object.fromEntries(parameters.map((each) => [each, {}]));
  // Without labels and properties in it, the schema makes no warnings about unknown ones.
  const query = `${version} ${text}`;
  const { diagnostics } = lintCypherQuery(query, { parameters: known });
  return diagnostics.map(({ severity, message, offsets }) => ({
    name,
    version,
    severity: SEVERITIES[severity],
    message,
    near: query.slice(Math.max(0, offsets.start - 40), offsets.end + 40),
  }));
}

const statements = JSON.parse(readFileSync(0, 'utf8'));
const found = statements.flatMap((each) => VERSIONS.flatMap((version) => findings(each, version)));
process.stdout.write(JSON.stringify(found));

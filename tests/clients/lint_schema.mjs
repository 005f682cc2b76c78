// Lints the schema in the given file with graphql-eslint's two presets for schemas, and prints
// [{rule, line, message, near}] for everything that they say, warnings too.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ESLint } from 'eslint';
import plugin from '@graphql-eslint/eslint-plugin';

const file = resolve(process.argv[2]);
const presets = ['flat/schema-recommended', 'flat/schema-relay'].map((name) => plugin.configs[name].rules);

// Options of single rules, where our contract asks for more or for something else.
const ours = {
  // More than the preset: fields, arguments and values of enums have descriptions too.
  '@graphql-eslint/require-description': [
    'error',
    {
      types: true,
      rootField: true,
      DirectiveDefinition: true,
      FieldDefinition: true,
      InputValueDefinition: true,
      EnumValueDefinition: true,
    },
  ],
  // Relay's specification allows plain lists. We have `nodes` beside `edges`, for clients that need no
  // cursors, and lists that are short and never paged, such as `sources` and `groups`.
  '@graphql-eslint/relay-edge-types': ['error', { listTypeCanWrapOnlyEdgeType: false }],
  // Parts of a list are no nodes: a page, its rows, where it lies, its groups, the reasons of a row. Nor are
  // parts of a graph, and the ways through it, the cells of a table, and findings.
  '@graphql-eslint/strict-id-in-types': [
    'error',
    { exceptions: { types: ['PageInfo', 'Group', 'DuplicatePage', 'DuplicateReason', 'MatchReason', 'MatchWeight', 'Slate', 'SlateSeat', 'SlateRule', 'SlateNearMiss', 'SearchFacet', 'SearchFacetValue', 'CommandResult', 'CommandProblem', 'Subgraph', 'SubgraphNode', 'EdgeFact', 'Path', 'CoverageMatrix', 'CoverageCell', 'NetworkHealth', 'NetworkHealthFinding'], suffixes: ['Connection', 'Edge'] } },
  ],
};

const eslint = new ESLint({
  cwd: dirname(file),
  overrideConfigFile: true,
  overrideConfig: {
    files: ['**/*.graphql'],
    languageOptions: { parser: plugin.parser, parserOptions: { graphQLConfig: { schema: file } } },
    plugins: { '@graphql-eslint': plugin },
    rules: Object.assign({}, ...presets, ours),
  },
});
const [{ messages }] = await eslint.lintFiles([file]);
const lines = readFileSync(file, 'utf8').split('\n');
const found = messages.map(({ ruleId, line, message }) => ({
  rule: (ruleId ?? 'parser').replace('@graphql-eslint/', ''),
  line,
  message,
  near: (lines[line - 1] ?? '').trim(),
}));
process.stdout.write(JSON.stringify(found));

// Generates a TypeScript client with GraphQL Code Generator's client preset:
// generate.mjs SCHEMA OPERATIONS DIRECTORY
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { codegen } from '@graphql-codegen/core';
import { preset } from '@graphql-codegen/client-preset';
import { buildSchema, parse } from 'graphql';

const [schemaFile, operations, directory] = process.argv.slice(2);
const schemaText = readFileSync(schemaFile, 'utf8');
const operationsText = readFileSync(operations, 'utf8');

const sections = await preset.buildGeneratesSection({
  baseOutputDir: `${directory}/`,
  schema: parse(schemaText),
  schemaAst: buildSchema(schemaText),
  documents: [{ location: operations, document: parse(operationsText), rawSDL: operationsText }],
  plugins: [],
  pluginMap: {},
  presetConfig: { fragmentMasking: false },
  config: {
    documentMode: 'string',
    importExtension: '.js',
    useTypeImports: true,
    strictScalars: true,
    scalars: { Date: 'string', PartialDate: 'string', DateTime: 'string' },
  },
});
mkdirSync(directory, { recursive: true });
for (const section of sections) writeFileSync(section.filename, await codegen(section));

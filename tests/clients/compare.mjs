// Compares two schemas, the older one first, and prints the breaking changes as graphql-inspector words
// them, as a list of texts.
import { readFileSync } from 'node:fs';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

const [before, now] = process.argv.slice(2).map((file) => buildSchema(readFileSync(file, 'utf8')));
const changes = await diff(before, now);
const breaking = changes.filter(({ criticality }) => criticality.level === CriticalityLevel.Breaking);
process.stdout.write(JSON.stringify(breaking.map(({ message }) => message)));

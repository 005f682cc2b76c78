// A client with generated types: pages through all organizations, then asks for one again by its id.
// The lines under @ts-expect-error must not compile; that they do not is the test.
import type { AnyNodeQuery, OrganizationPageQueryVariables, TypedDocumentString } from './made/graphql.js';
import { AnyNodeDocument, OrganizationPageDocument } from './made/graphql.js';

declare const process: { argv: string[]; stdout: { write(text: string): void } };
const [url, size] = process.argv.slice(2) as [string, string];

async function ask<Result, Variables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json, application/json' },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  const { data, errors } = (await response.json()) as { data: Result; errors?: unknown[] };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

const keys: string[] = [];
let first: string | undefined;
let after: string | null = null;
do {
  const variables: OrganizationPageQueryVariables = {
    first: Number(size),
    after,
    where: { or: [{ kind: { eq: 'NGO' } }, { kind: { ne: 'NGO' } }] },
    orderBy: [{ country: { name: 'ASC' } }, { membershipsCount: 'DESC' }],
  };
  const { organizations }: Awaited<ReturnType<typeof page>> = await page(variables);
  for (const { node } of organizations.edges) {
    const since: string | null | undefined = node.memberships.edges[0]?.since;
    if (since === '') throw new Error('a date is never empty');
    first ??= node.id;
    keys.push(node.key);
  }
  after = organizations.pageInfo.hasNextPage ? (organizations.pageInfo.endCursor ?? null) : null;
} while (after);

function page(variables: OrganizationPageQueryVariables) {
  return ask(OrganizationPageDocument, variables);
}

const { node }: AnyNodeQuery = await ask(AnyNodeDocument, { id: first ?? '' });
if (node?.__typename !== 'Organization') throw new Error('the id is of an organization');
process.stdout.write(JSON.stringify({ keys, again: node.key }));

// Never called: only compiled.
export async function refused(): Promise<void> {
  // @ts-expect-error: `id` must be given
  await ask(AnyNodeDocument, {});
  // @ts-expect-error: no such kind
  await page({ first: 1, where: { kind: { eq: 'KINGDOM' } } });
  // @ts-expect-error: one key an element
  await page({ first: 1, orderBy: [{ name: 'ASC', key: 'ASC' }] });
  // @ts-expect-error: not selected
  (await page({ first: 1 })).organizations.edges[0]?.node.website;
}

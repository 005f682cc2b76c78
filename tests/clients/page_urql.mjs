// Pages through all organizations with urql and its normalized cache: page_urql.mjs URL SIZE forward|backward
// Prints {merged, pages, totalCount, warnings}: the keys that its cache holds at the end, how many pages
// were asked for, and what the cache did not like about the schema or the answers.
import { Client, fetchExchange, gql } from '@urql/core';
import { cacheExchange } from '@urql/exchange-graphcache';
import { relayPagination } from '@urql/exchange-graphcache/extras';
import { getIntrospectionQuery, isObjectType, buildClientSchema } from 'graphql';

const [url, size, direction] = process.argv.slice(2);
const count = Number(size);
const warnings = [];

const ORGANIZATIONS = gql`
  query Organizations($first: Int, $after: String, $last: Int, $before: String, $orderBy: [OrganizationOrder!]) {
    organizations(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy) {
      totalCount
      edges {
        node {
          id
          key
          country {
            id
            name
          }
        }
      }
      nodes {
        id
        key
      }
      pageInfo {
        hasNextPage
        hasPreviousPage
        startCursor
        endCursor
      }
    }
  }
`;

// The cache checks answers and arguments against the schema, as the server itself describes it.
const response = await fetch(url, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ query: getIntrospectionQuery() }),
});
const { data: schema } = await response.json();
const types = Object.values(buildClientSchema(schema).getTypeMap());
// Pages, rows and groups are parts of what holds them; they have no id.
const embedded = types.filter((type) => isObjectType(type) && !type.name.startsWith('__') && !type.getFields().id);

const client = new Client({
  url,
  preferGetMethod: false,
  exchanges: [
    cacheExchange({
      schema,
      keys: Object.fromEntries(embedded.map(({ name }) => [name, () => null])),
      resolvers: { Query: { organizations: relayPagination() } },
      logger: (level, message) => {
        if (level !== 'debug') warnings.push(`${level}: ${message}`);
      },
    }),
    fetchExchange,
  ],
});

const orderBy = [{ country: { name: 'ASC' } }, { name: 'DESC' }];
let variables = direction === 'forward' ? { first: count, orderBy } : { last: count, orderBy };
let organizations;
let pages = 0;
for (;;) {
  const { data, error } = await client.query(ORGANIZATIONS, variables).toPromise();
  if (error) throw error;
  ({ organizations } = data);
  pages += 1;
  const { pageInfo } = organizations;
  if (!(direction === 'forward' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) break;
  variables =
    direction === 'forward'
      ? { first: count, after: pageInfo.endCursor, orderBy }
      : { last: count, before: pageInfo.startCursor, orderBy };
}
const merged = organizations.edges.map(({ node }) => node.key);
if (merged.join() !== organizations.nodes.map(({ key }) => key).join()) throw new Error('nodes are not as edges');
process.stdout.write(JSON.stringify({ merged, pages, totalCount: organizations.totalCount, warnings }));

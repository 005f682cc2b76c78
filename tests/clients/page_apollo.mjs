// Pages through all organizations with Apollo Client and its cache: page_apollo.mjs URL SIZE forward|backward
// Prints {merged, pages, totalCount, warnings}: the keys that its cache holds at the end, how many pages
// were asked for, and what the client did not like about the answers.
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client';
import { relayStylePagination } from '@apollo/client/utilities';
import { filter, firstValueFrom } from 'rxjs';

const [uri, size, direction] = process.argv.slice(2);
const count = Number(size);
const warnings = [];
console.warn = console.error = (...words) => warnings.push(words.join(' '));

const ORGANIZATIONS = gql`
  query Organizations($first: Int, $after: String, $last: Int, $before: String, $orderBy: [OrganizationOrder!]) {
    organizations(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy) {
      totalCount
      edges {
        cursor
        node {
          id
          key
          country {
            id
            name
          }
        }
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

const client = new ApolloClient({
  link: new HttpLink({ uri }),
  cache: new InMemoryCache({
    typePolicies: { Query: { fields: { organizations: relayStylePagination(['where', 'orderBy', 'asOf']) } } },
  }),
});

const orderBy = [{ country: { name: 'ASC' } }, { name: 'DESC' }];
const start = direction === 'forward' ? { first: count, orderBy } : { last: count, orderBy };
const observed = client.watchQuery({ query: ORGANIZATIONS, variables: start });
const watching = observed.subscribe(() => {});
const { data: first, error } = await firstValueFrom(observed.pipe(filter(({ loading }) => !loading)));
if (error) throw error;

let { pageInfo } = first.organizations;
let pages = 1;
while (direction === 'forward' ? pageInfo.hasNextPage : pageInfo.hasPreviousPage) {
  const variables =
    direction === 'forward'
      ? { first: count, after: pageInfo.endCursor, orderBy }
      : { last: count, before: pageInfo.startCursor, orderBy };
  const { data } = await observed.fetchMore({ variables });
  ({ pageInfo } = data.organizations);
  pages += 1;
}
const { totalCount, edges } = client.readQuery({ query: ORGANIZATIONS, variables: start }).organizations;
watching.unsubscribe();
client.stop();
process.stdout.write(JSON.stringify({ merged: edges.map(({ node }) => node.key), pages, totalCount, warnings }));

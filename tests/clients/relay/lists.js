// Lists at the root and below a node, as a Relay application declares them: forward, backward, refetchable.
import { graphql } from 'relay-runtime';

export const page = graphql`
  query listsPageQuery($count: Int!, $cursor: String, $network: String!) {
    ...lists_organizations @arguments(count: $count, cursor: $cursor)
    network(key: $network) {
      ...lists_members @arguments(count: $count)
    }
  }
`;

export const organizations = graphql`
  fragment lists_organizations on Query
  @refetchable(queryName: "listsOrganizationsQuery")
  @argumentDefinitions(
    count: { type: "Int", defaultValue: 5 }
    cursor: { type: "String" }
    where: { type: "OrganizationWhere" }
    orderBy: { type: "[OrganizationOrder!]", defaultValue: [{ name: ASC }] }
    asOf: { type: "Date" }
  ) {
    organizations(first: $count, after: $cursor, where: $where, orderBy: $orderBy, asOf: $asOf)
      @connection(key: "lists_organizations", filters: ["where", "orderBy", "asOf"]) {
      totalCount
      edges {
        node {
          key
          name
          ...lists_memberships
        }
      }
    }
  }
`;

export const memberships = graphql`
  fragment lists_memberships on Organization
  @refetchable(queryName: "listsMembershipsQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 3 }, cursor: { type: "String" }) {
    memberships(first: $count, after: $cursor) @connection(key: "lists_memberships") {
      edges {
        since
        node {
          key
          name
        }
      }
    }
  }
`;

export const members = graphql`
  fragment lists_members on Network
  @refetchable(queryName: "listsMembersQuery")
  @argumentDefinitions(count: { type: "Int", defaultValue: 3 }, cursor: { type: "String" }) {
    members(last: $count, before: $cursor) @connection(key: "lists_members") {
      edges {
        node {
          key
          country {
            name
          }
        }
      }
    }
  }
`;

// Anything by its global id, and fragments on interfaces that are fetched again through it.
import { graphql } from 'relay-runtime';

export const page = graphql`
  query nodesPageQuery($id: ID!) {
    node(id: $id) {
      __typename
      id
      ...nodes_entity @alias
      ... on Organization {
        ...nodes_stakeholder @alias
      }
    }
  }
`;

export const entity = graphql`
  fragment nodes_entity on Entity
  @refetchable(queryName: "nodesEntityQuery")
  @argumentDefinitions(language: { type: "Language" }) {
    key
    name(language: $language)
    sources {
      key
    }
  }
`;

export const stakeholder = graphql`
  fragment nodes_stakeholder on Stakeholder @refetchable(queryName: "nodesStakeholderQuery") {
    key
    country {
      key
      name
    }
  }
`;

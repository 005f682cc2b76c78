// The peer behind one address: node server.mjs PORT, with the database in the environment.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { Neo4jGraphQL } from "@neo4j/graphql";
import { createYoga } from "graphql-yoga";
import neo4j from "neo4j-driver";

const { PEER_URI, PEER_USER, PEER_PASSWORD } = process.env;
const driver = neo4j.driver(PEER_URI, neo4j.auth.basic(PEER_USER, PEER_PASSWORD));
const typeDefs = readFileSync(new URL("types.graphql", import.meta.url), "utf8");
const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
const yoga = createYoga({ schema, graphiql: false, landingPage: false, logging: false, maskedErrors: false });
const port = Number(process.argv[2]);

createServer(yoga).listen(port, "127.0.0.1", () => console.log(`Ready at http://127.0.0.1:${port}/graphql`));

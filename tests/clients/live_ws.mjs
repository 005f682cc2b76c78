// Subscribes with graphql-ws: live_ws.mjs URL DOCUMENT COUNT [CONNECTION_PARAMETERS]
// Prints a line of JSON for each thing that happens: {result}, {ended} by us after COUNT results or by the
// server, {refused} with messages of errors or a close code, and at last {closed} with the close code.
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const [url, query, count, parameters] = process.argv.slice(2);
const say = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);

const client = createClient({
  url,
  webSocketImpl: WebSocket,
  retryAttempts: 0,
  connectionParams: parameters ? JSON.parse(parameters) : undefined,
});
const closed = new Promise((resolve) => client.on('closed', resolve));

let left = Number(count);
try {
  for await (const result of client.iterate({ query })) {
    say({ result });
    left -= 1;
    // Leaving the loop sends the message `complete`.
    if (left === 0) break;
  }
  say({ ended: left === 0 ? 'by us' : 'by the server' });
} catch (problem) {
  say({ refused: Array.isArray(problem) ? problem.map(({ message }) => message) : problem.code });
}
await client.dispose();
say({ closed: (await closed).code });

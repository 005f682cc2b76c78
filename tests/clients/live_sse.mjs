// Subscribes with graphql-sse in its mode of distinct connections: live_sse.mjs URL DOCUMENT COUNT [HEADERS]
// Prints a line of JSON for each thing that happens: {result}, {ended} by us after COUNT results or by the
// server, {refused} with the status of HTTP.
import { NetworkError, createClient } from 'graphql-sse';

const [url, query, count, headers] = process.argv.slice(2);
const say = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);

const client = createClient({ url, retryAttempts: 0, headers: headers ? JSON.parse(headers) : {} });

let left = Number(count);
try {
  for await (const result of client.iterate({ query })) {
    say({ result });
    left -= 1;
    // Leaving the loop aborts the request.
    if (left === 0) break;
  }
  say({ ended: left === 0 ? 'by us' : 'by the server' });
} catch (problem) {
  if (!(problem instanceof NetworkError)) throw problem;
  say({ refused: problem.response?.status ?? String(problem) });
}
client.dispose();

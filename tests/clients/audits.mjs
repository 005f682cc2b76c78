// Runs every server audit of graphql-http against the server at the given address and prints
// [{id, name, status, reason, answer}]: status is ok, notice, warn, error or crash.
import { serverAudits } from 'graphql-http';

const [url] = process.argv.slice(2);

async function outcome({ id, name, fn }) {
  try {
    const { status, reason = '', response } = await fn();
    return { id, name, status, reason, answer: response ? await shown(response) : '' };
  } catch (problem) {
    // The audits throw what they did not expect, such as an answer that is no JSON.
    return { id, name, status: 'crash', reason: String(problem), answer: '' };
  }
}

async function shown(response) {
  const body = response.bodyUsed ? '(a body that the audit has read)' : await response.text();
  return `${response.status} ${response.headers.get('content-type')} ${body.slice(0, 500)}`;
}

const found = [];
for (const audit of serverAudits({ url, fetchFn: fetch })) found.push(await outcome(audit));
process.stdout.write(JSON.stringify(found));

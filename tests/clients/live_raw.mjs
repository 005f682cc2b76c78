// Speaks over a bare WebSocket as nobody's library would: live_raw.mjs URL < {protocol, steps}
// A step is {send: object}, {text: string}, {bytes: string} in a binary frame, {wait: type of a message},
// or {close: code}. Prints {protocol, messages, code, reason}: what the server agreed to and sent, and the
// code that the connection was closed with, by us or by the server, or the status of HTTP that refused it.
import { readFileSync } from 'node:fs';
import WebSocket from 'ws';

const SECONDS = 20;
const [url] = process.argv.slice(2);
const { protocol, steps } = JSON.parse(readFileSync(0, 'utf8'));

// Set by hand, so that an answer without a protocol is no error here.
const socket = protocol === 'graphql-transport-ws'
  ? new WebSocket(url, protocol)
  : new WebSocket(url, { headers: protocol ? { 'Sec-WebSocket-Protocol': protocol } : {} });

const messages = [];
let heard = 0;
let awaken = () => {};
const end = (outcome) => {
  process.stdout.write(JSON.stringify({ protocol: socket.protocol, messages, ...outcome }));
  process.exit();
};
socket.on('unexpected-response', (_request, { statusCode }) => end({ code: `HTTP ${statusCode}`, reason: '' }));
socket.on('close', (code, reason) => end({ code, reason: reason.toString() }));
socket.on('message', (text) => {
  messages.push(JSON.parse(text));
  awaken();
});
setTimeout(() => end({ code: `still open after ${SECONDS} s` }), SECONDS * 1000);

// Messages before the one waited for count as heard.
async function message(type) {
  for (;;) {
    while (heard < messages.length) if (messages[heard++].type === type) return;
    await new Promise((resolve) => (awaken = resolve));
  }
}

await new Promise((resolve) => socket.on('open', resolve));
for (const step of steps) {
  if (step.wait) await message(step.wait);
  else if (step.close) socket.close(step.close);
  else if (step.bytes !== undefined) socket.send(Buffer.from(step.bytes), { binary: true });
  else socket.send(step.text ?? JSON.stringify(step.send));
}

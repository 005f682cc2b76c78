import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { createClient } from 'graphql-ws';

/** The headers of a request: the key's, unless the headers editor names another. */
function headersWith(key, given) {
  const named = Object.keys(given ?? {}).some((name) => name.toLowerCase() === 'authorization');
  return key && !named ? { Authorization: `Bearer ${key}`, ...given } : given;
}

/**
 * Asks at this address, over HTTP and, for subscriptions, over graphql-ws, which has no headers: there they are
 * the payload of `connection_init`.
 */
export function createFetcher(address, key) {
  const url = new URL(address, document.baseURI);
  const socket = new URL(url);
  socket.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  let headers;
  const fetcher = createGraphiQLFetcher({
    url: url.href,
    // A lost connection is said at once, not hidden behind half a minute of attempts.
    wsClient: createClient({ url: socket.href, connectionParams: () => headers, retryAttempts: 0 }),
  });
  return (request, options) => {
    headers = headersWith(key, options?.headers);
    return fetcher(request, { ...options, headers });
  };
}

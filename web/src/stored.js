// Stored questions as the server lists them: {name, title, description, document, variables}.

/** Fetches the list; throws an Error that says why when there is none. */
export async function fetchQuestions(address) {
  const response = await fetch(address, { headers: { Accept: 'application/json' } });
  if (!response.ok) {
    throw new Error(`the server answered ${response.status}.`);
  }
  return response.json();
}

/** A question as GraphiQL keeps it in a tab. */
export function tabOf({ document, variables }) {
  const given = variables && Object.keys(variables).length > 0;
  return { query: document, variables: given ? JSON.stringify(variables, null, 2) : '' };
}

/** The question named in the page's address (`graphql#members-covering`), or ''. */
export function nameInAddress() {
  return decodeURIComponent(window.location.hash.slice(1));
}

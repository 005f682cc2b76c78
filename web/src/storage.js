/**
 * What GraphiQL keeps in the browser between visits, without request headers: its history would keep them, and
 * with them a key, whatever `shouldPersistHeaders` says.
 */
export function storageWithoutHeaders() {
  const names = () => Object.keys(localStorage).filter((name) => name.startsWith('graphiql:'));
  const histories = ['graphiql:queries', 'graphiql:favorites'];
  const withoutHeaders = (text) =>
    JSON.stringify(JSON.parse(text), (field, value) => (field === 'headers' ? undefined : value));
  return {
    getItem: (name) => localStorage.getItem(name),
    setItem: (name, text) => localStorage.setItem(name, histories.includes(name) ? withoutHeaders(text) : text),
    removeItem: (name) => localStorage.removeItem(name),
    clear: () => names().forEach((name) => localStorage.removeItem(name)),
    get length() {
      return names().length;
    },
  };
}

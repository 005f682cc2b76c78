// The query page: GraphiQL on our own endpoint, with the stored questions in a list above it.
import './workers.js';
import 'monaco-graphql/esm/monaco-editor.js';
import { useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { GraphiQLInterface } from 'graphiql';
import { GraphiQLProvider } from '@graphiql/react';
import { DOC_EXPLORER_PLUGIN, DocExplorerStore } from '@graphiql/plugin-doc-explorer';
import { HISTORY_PLUGIN, HistoryStore } from '@graphiql/plugin-history';
// Not graphiql/style.css: it embeds 360 kB of fonts and a second copy of the editor's styles.
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './query.css';
import { AccessKey } from './access.jsx';
import { createFetcher } from './fetcher.js';
import { StoredQuestions } from './questions.jsx';
import { storageWithoutHeaders } from './storage.js';
import { fetchQuestions } from './stored.js';

const plugins = [DOC_EXPLORER_PLUGIN, HISTORY_PLUGIN];
const storage = storageWithoutHeaders();

function Page({ questions, problem }) {
  const [key, setKey] = useState('');
  // A relative address keeps the page working behind a proxy that adds a path.
  // With another key GraphiQL reads the schema again, which may show more.
  const fetcher = useMemo(() => createFetcher('graphql', key), [key]);
  return (
    <GraphiQLProvider
      fetcher={fetcher}
      plugins={plugins}
      referencePlugin={DOC_EXPLORER_PLUGIN}
      defaultQuery="" // instead of an essay on GraphiQL
      storage={storage}
      shouldPersistHeaders={false}
    >
      <HistoryStore>
        <DocExplorerStore>
          <header className="page-header">
            <h1>NET4U knowledge graph — query page</h1>
            <StoredQuestions questions={questions} problem={problem} />
            <AccessKey onChange={setKey} />
            <nav aria-label="Site">
              <a href="./">Start</a>
              <a href="schema.graphql">Schema</a>
              <a href="docs/">Documentation</a>
            </nav>
          </header>
          <main className="page-main">
            <GraphiQLInterface defaultEditorToolsVisibility="variables" showPersistHeadersSettings={false} />
          </main>
        </DocExplorerStore>
      </HistoryStore>
    </GraphiQLProvider>
  );
}

const root = createRoot(document.getElementById('page'));
fetchQuestions('questions.json').then(
  (questions) => root.render(<Page questions={questions} problem="" />),
  (error) => root.render(<Page questions={[]} problem={`The stored questions could not be read: ${error.message}`} />),
);

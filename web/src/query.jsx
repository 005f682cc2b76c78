// The query page: GraphiQL on our own endpoint, with the stored questions in a list above it.
import { createRoot } from 'react-dom/client';
import { GraphiQLInterface } from 'graphiql';
import { GraphiQLProvider } from '@graphiql/react';
import { DOC_EXPLORER_PLUGIN, DocExplorerContextProvider } from '@graphiql/plugin-doc-explorer';
import { HISTORY_PLUGIN, HistoryContextProvider } from '@graphiql/plugin-history';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import 'graphiql/style.css';
import './query.css';
import { StoredQuestions } from './questions.jsx';
import { EMPTY_TAB, fetchQuestions } from './stored.js';

// Relative addresses keep the page working behind a proxy that adds a path.
const fetcher = createGraphiQLFetcher({ url: 'graphql' });
const plugins = [DOC_EXPLORER_PLUGIN, HISTORY_PLUGIN];

function Page({ questions, problem }) {
  return (
    <GraphiQLProvider
      fetcher={fetcher}
      plugins={plugins}
      referencePlugin={DOC_EXPLORER_PLUGIN}
      defaultQuery={EMPTY_TAB}
    >
      <HistoryContextProvider>
        <DocExplorerContextProvider>
          <header className="page-header">
            <h1>NET4U knowledge graph — query page</h1>
            <StoredQuestions questions={questions} problem={problem} />
            <nav aria-label="Site">
              <a href="./">Start</a>
              <a href="schema.graphql">Schema</a>
              <a href="docs/">Documentation</a>
            </nav>
          </header>
          <main className="page-main">
            <GraphiQLInterface defaultEditorToolsVisibility="variables" showPersistHeadersSettings={false} />
          </main>
        </DocExplorerContextProvider>
      </HistoryContextProvider>
    </GraphiQLProvider>
  );
}

const root = createRoot(document.getElementById('page'));
fetchQuestions('questions.json').then(
  (questions) => root.render(<Page questions={questions} problem="" />),
  (error) => root.render(<Page questions={[]} problem={`The stored questions could not be read: ${error.message}`} />),
);

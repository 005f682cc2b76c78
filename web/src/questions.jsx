import { useEffect, useRef } from 'react';
import { Kind, parse } from 'graphql';
import { pick, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { nameInAddress, tabOf } from './stored.js';

const isUnused = (tab) => !tab.query || tab.query.trim() === '';

/** The list of stored questions; choosing one shows it in its own tab and names it in the address. */
export function StoredQuestions({ questions, problem }) {
  const { tabs, activeTabIndex, queryEditor, variableEditor } = useGraphiQL(
    pick('tabs', 'activeTabIndex', 'queryEditor', 'variableEditor'),
  );
  const { addTab, changeTab, setOperationFacts, updateActiveTabValues } = useGraphiQLActions();

  // GraphiQL reads its editors 100 ms after a change; until then it would run this question by the last one's name.
  const tellFacts = (query) => {
    const documentAST = parse(query);
    const operations = documentAST.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    const operationName = operations[0]?.name?.value;
    setOperationFacts({ documentAST, operations, operationName });
    return operationName ?? null;
  };

  const fill = ({ query, variables }) => {
    queryEditor.setValue(query);
    variableEditor.setValue(variables);
    updateActiveTabValues({ query, variables, operationName: tellFacts(query) });
  };

  const open = (name) => {
    const question = questions.find((one) => one.name === name);
    if (!question) {
      return;
    }
    const wanted = tabOf(question);
    const already = tabs.findIndex((tab) => tab.query === wanted.query);
    if (already === activeTabIndex) {
      return;
    }
    if (already >= 0) {
      changeTab(already);
      tellFacts(wanted.query);
      return;
    }
    if (!isUnused(tabs[activeTabIndex])) {
      addTab();
    }
    fill(wanted);
  };

  // GraphiQL's own default tabs would lose their variables, so the first question is opened like any other.
  // The address may also name a question while the tabs of an earlier visit are shown.
  const latestOpen = useRef(open);
  latestOpen.current = open;
  const ready = Boolean(queryEditor && variableEditor);
  useEffect(() => {
    if (!ready) {
      return undefined;
    }
    const follow = () => latestOpen.current(nameInAddress());
    if (nameInAddress() === '' && isUnused(tabs[activeTabIndex]) && questions.length > 0) {
      open(questions[0].name);
    } else {
      follow();
    }
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, [ready]);

  if (problem) {
    return <p role="alert">{problem}</p>;
  }
  const shown = questions.find((one) => one.document === tabs[activeTabIndex]?.query);
  return (
    <div className="stored">
      <label htmlFor="stored-question">Stored questions</label>
      <select
        id="stored-question"
        disabled={!ready}
        value={shown ? shown.name : ''}
        onChange={(event) => {
          const name = event.target.value;
          window.history.replaceState(null, '', `#${encodeURIComponent(name)}`);
          open(name);
        }}
      >
        <option value="" disabled>Choose a question…</option>
        {questions.map(({ name, title }) => <option key={name} value={name}>{title}</option>)}
      </select>
      <p className="stored-description">{shown ? shown.description : ''}</p>
    </div>
  );
}

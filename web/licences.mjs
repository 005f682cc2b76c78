// The licences of the packages whose code is in the bundle.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ACCEPTED = ['MIT', 'BSD-2-Clause', 'Apache-2.0', '0BSD'];

// Published without their licence file; the text of a package of the same authors stands for it.
const SAME_AUTHORS = {
  '@graphiql/plugin-doc-explorer': 'graphiql',
  '@graphiql/plugin-history': 'graphiql',
  'react-compiler-runtime': 'react',
  'react-remove-scroll-bar': 'react-remove-scroll',
};

// Published code of others within the package, with its notices in a file of their own.
const NOTICES_OF_OTHERS = { 'monaco-editor': 'ThirdPartyNotices.txt', prettier: 'THIRD-PARTY-NOTICES.md' };

function text(file) {
  return readFileSync(file, 'utf8').replace(/\r\n/g, '\n').trim();
}

function licenceText(modules, folder, name) {
  const file = readdirSync(folder).sort().find((one) => /^licen[cs]e(\.|$|-mit)/i.test(one));
  if (file) {
    return text(join(folder, file));
  }
  if (name in SAME_AUTHORS) {
    return licenceText(modules, join(modules, SAME_AUTHORS[name]), SAME_AUTHORS[name]);
  }
  throw new Error(`${name} has no licence file; find its text and name it in licences.mjs`);
}

/** The notices of the packages in these folders (of `root`), packages with the same text together. */
export function notices(root, folders) {
  const packagesByText = new Map();
  const others = [];
  for (const folder of folders.map((one) => join(root, one))) {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (!ACCEPTED.includes(license)) {
      throw new Error(`${name} ${version} has the licence ${license}, which is not in the accepted list`);
    }
    const terms = licenceText(join(root, 'node_modules'), folder, name);
    packagesByText.set(terms, [...(packagesByText.get(terms) ?? []), `${name} ${version} (${license})`]);
    if (name in NOTICES_OF_OTHERS) {
      others.push(`${name} ${version}, ${NOTICES_OF_OTHERS[name]}\n\n${text(join(folder, NOTICES_OF_OTHERS[name]))}\n`);
    }
  }
  const parts = [...packagesByText].map(([terms, packages]) => `${packages.join('\n')}\n\n${terms}\n`);
  return `The query page contains code of these packages.\n\n${[...parts, ...others].join(`\n${'-'.repeat(78)}\n\n`)}`;
}

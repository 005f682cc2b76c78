// Builds the query page into the folder named as the argument: index.html, assets/, LICENSES.txt.
// The same sources and lockfile give the same bytes, so `make check` can compare.
import { rmSync, mkdirSync, writeFileSync, copyFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { notices } from './licences.mjs';

const here = dirname(fileURLToPath(import.meta.url));
if (!process.argv[2]) {
  console.error('usage: node build.mjs OUTPUT_FOLDER');
  process.exit(64);
}
const output = resolve(process.argv[2]);

/** The packages whose code is in the bundle, as 'node_modules/...' folders. */
function bundledPackages(metafile) {
  const folders = new Set();
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const match = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file);
      if (match && bytesInOutput > 0) {
        folders.add(match[0]);
      }
    }
  }
  return [...folders].sort();
}

/**
 * The style sheets that nothing links. GraphiQL imports the editor a second time, dynamically, and esbuild then
 * writes its styles a second time too. Throws when one holds styles that the page's own sheet does not.
 */
function unlinkedSheets(metafile) {
  const stylesOf = (name) => Object.keys(metafile.outputs[name].inputs);
  const linked = new Set(stylesOf('out/query.css'));
  const unlinked = Object.keys(metafile.outputs).filter((name) => name.endsWith('.css') && name !== 'out/query.css');
  for (const name of unlinked) {
    const missing = stylesOf(name).filter((style) => !linked.has(style));
    if (missing.length > 0) {
      throw new Error(`these styles would never be loaded; import them in src/query.jsx: ${missing.join(', ')}`);
    }
  }
  return new Set(unlinked.map((name) => join(here, name)));
}

/** Throws when the editor would bring a language other than the two that the page needs. */
function checkLanguages(metafile) {
  const files = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const languages = new Set(files.map((file) => /monaco-editor\/esm\/vs\/(?:basic-)?languages?\/([^/.]+)\//.exec(file)?.[1]));
  const more = [...languages].filter((one) => one && one !== 'graphql' && one !== 'json');
  if (more.length > 0) {
    throw new Error(`the editor's languages ${more.join(', ')} are in the bundle`);
  }
}

const { outputFiles, metafile } = await build({
  absWorkingDir: here,
  // The three workers are files of their own: src/workers.js starts them by name.
  entryPoints: {
    query: 'src/query.jsx',
    'editor.worker': 'monaco-editor/esm/vs/editor/editor.worker.js',
    'json.worker': 'monaco-editor/esm/vs/language/json/json.worker.js',
    'graphql.worker': 'monaco-graphql/esm/graphql.worker.js',
  },
  outdir: 'out',
  write: false,
  metafile: true,
  bundle: true,
  splitting: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  charset: 'utf8',
  legalComments: 'none',
  assetNames: '[name]-[hash]',
  chunkNames: 'chunk-[hash]',
  loader: { '.ttf': 'file' },
  // Prettier's plugins by the names of its version 3; the old names lead to scripts that hide what they export.
  alias: { 'prettier/parser-babel': 'prettier/plugins/babel', 'prettier/parser-graphql': 'prettier/plugins/graphql' },
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
});
checkLanguages(metafile);
const unlinked = unlinkedSheets(metafile);
const licences = notices(here, bundledPackages(metafile));

rmSync(output, { recursive: true, force: true });
mkdirSync(join(output, 'assets'), { recursive: true });
for (const { path, contents } of outputFiles.filter((file) => !unlinked.has(file.path))) {
  writeFileSync(join(output, 'assets', relative(join(here, 'out'), path)), contents);
}
copyFileSync(join(here, 'src/index.html'), join(output, 'index.html'));
writeFileSync(join(output, 'LICENSES.txt'), licences);

// Builds the query page into the folder named as the argument: index.html, assets/, LICENSES.txt.
// The same sources and lockfile give the same bytes, so `make check` can compare.
import { readFileSync, rmSync, mkdirSync, writeFileSync, copyFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = dirname(fileURLToPath(import.meta.url));
if (!process.argv[2]) {
  console.error('usage: node build.mjs OUTPUT_FOLDER');
  process.exit(64);
}
const output = resolve(process.argv[2]);

// GraphiQL's stylesheet embeds 360 kB of fonts as data: addresses, which our content policy forbids.
const withoutFonts = {
  name: 'without-fonts',
  setup(api) {
    api.onLoad({ filter: /graphiql[\\/]dist[\\/]style\.css$/ }, ({ path }) => {
      const css = readFileSync(path, 'utf8');
      const contents = css.replace(/@font-face\s*\{[^}]*\}/g, '');
      if (contents.includes('data:font')) {
        throw new Error(`${path} embeds fonts in a form this build does not know`);
      }
      return { contents, loader: 'css' };
    });
  },
};

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

const ACCEPTED = ['MIT', 'BSD-2-Clause', 'Apache-2.0', '0BSD'];

// Published without their licence file; the text of a package of the same authors stands for it.
const SAME_AUTHORS = {
  '@graphiql/plugin-doc-explorer': 'graphiql',
  '@graphiql/plugin-history': 'graphiql',
  'react-compiler-runtime': 'react',
  'react-remove-scroll-bar': 'react-remove-scroll',
};

// No licence file and no sibling: the MIT text with the author named in its package.json.
const MIT_BY_AUTHOR = { 'toggle-selection': 'sudodoki' };

function licenceText(folder, name) {
  const file = readdirSync(folder).sort().find((one) => /^licen[cs]e(\.|$|-mit)/i.test(one));
  if (file) {
    return readFileSync(join(folder, file), 'utf8').replace(/\r\n/g, '\n').trim();
  }
  if (name in SAME_AUTHORS) {
    return licenceText(join(here, 'node_modules', SAME_AUTHORS[name]), SAME_AUTHORS[name]);
  }
  if (name in MIT_BY_AUTHOR) {
    const terms = licenceText(join(here, 'node_modules/graphql'), 'graphql').split('\n').slice(3);
    return [`MIT License\n\nCopyright (c) ${MIT_BY_AUTHOR[name]}`, ...terms].join('\n');
  }
  throw new Error(`${name} has no licence file; find its text and name it in build.mjs`);
}

/** The notices of all bundled packages, packages with the same text together. */
function notices(folders) {
  const packagesByText = new Map();
  for (const folder of folders.map((one) => join(here, one))) {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (!ACCEPTED.includes(license)) {
      throw new Error(`${name} ${version} has the licence ${license}, which is not in the accepted list`);
    }
    const text = licenceText(folder, name);
    packagesByText.set(text, [...(packagesByText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const parts = [...packagesByText].map(([text, packages]) => `${packages.join('\n')}\n\n${text}\n`);
  return `The query page contains code of these packages.\n\n${parts.join(`\n${'-'.repeat(78)}\n\n`)}`;
}

const { outputFiles, metafile } = await build({
  absWorkingDir: here,
  entryPoints: { query: 'src/query.jsx' },
  outdir: 'out',
  write: false,
  metafile: true,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  charset: 'utf8',
  legalComments: 'none',
  alias: { 'react-style-singleton': './src/style-singleton.js' },
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [withoutFonts],
  logLevel: 'warning',
});
const licences = notices(bundledPackages(metafile));

rmSync(output, { recursive: true, force: true });
mkdirSync(join(output, 'assets'), { recursive: true });
for (const { path, contents } of outputFiles) {
  writeFileSync(join(output, 'assets', relative(join(here, 'out'), path)), contents);
}
copyFileSync(join(here, 'src/index.html'), join(output, 'index.html'));
writeFileSync(join(output, 'LICENSES.txt'), licences);

// Makes ../js/quiz/fsrs.js from the packages of package-lock.json: what we use of ts-fsrs, minified, with its licence.

import { readFileSync } from 'node:fs';

import { build } from 'esbuild';

const from = name => readFileSync(new URL(`node_modules/ts-fsrs/${name}`, import.meta.url), 'utf8');
const { version, homepage } = JSON.parse(from('package.json'));

await build({
    stdin: { contents: `export { createEmptyCard, fsrs, Rating } from 'ts-fsrs';`, resolveDir: import.meta.dirname },
    banner: { js: `/*! ts-fsrs ${version}, ${homepage}\n\n${from('LICENSE').trim()}\n*/` },
    outfile: new URL('../js/quiz/fsrs.js', import.meta.url).pathname,
    bundle: true,
    format: 'esm',
    legalComments: 'none',
    minify: true,
    target: 'es2022',
});

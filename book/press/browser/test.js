// node test.js BOOK [suite…]: the built book in BOOK, tested in the Chromium of this machine ($CHROMIUM or
// /usr/bin/chromium). The last line is `N passed, N failed`. Begin reading here; each suite is one file.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { open } from './book.js';
import { Tally } from './tally.js';
import * as keys from './suites/keys.js';
import * as kept from './suites/kept.js';
import * as offline from './suites/offline.js';
import * as pages from './suites/pages.js';
import * as paper from './suites/paper.js';
import * as plain from './suites/plain.js';
import * as quiz from './suites/quiz.js';
import * as review from './suites/review.js';
import * as search from './suites/search.js';
import * as verdicts from './suites/verdicts.js';

const SUITES = { pages, keys, kept, verdicts, quiz, review, search, offline, plain, paper };

const [folder, ...wanted] = process.argv.slice(2);
if (!folder || !existsSync(resolve(folder, 'site.json')) || wanted.some(name => !SUITES[name])) {
    console.error(`usage: node test.js BOOK [${Object.keys(SUITES).join('|')}]…   BOOK is the folder of a built book (it holds site.json)`);
    process.exit(64);
}

const tally = new Tally();
const book = await open(resolve(folder));
try {
    for (const name of wanted.length > 0 ? wanted : Object.keys(SUITES)) {
        await tally.suite(name, () => SUITES[name].run(book, tally));
    }
} finally {
    await book.close();
}
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exit(tally.failed === 0 ? 0 : 1);

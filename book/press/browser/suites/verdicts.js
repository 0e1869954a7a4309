// The page judges as the terminal does: the shared table of answers and verdicts, in Node and in the browser; and every
// question of the book says "right" to its own right answer, and not to a wrong one.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import { visit, withPage } from '../book.js';
import { give, questionsOf, rightAnswer, wrongAnswer } from '../questions.js';
import { expect, same } from '../tally.js';

const here = path => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
/** Questions with answers and their outcomes: `grader` is held to the same ones. */
const TABLE = here('../../../../runner/grader/tests/quiz/verdicts.json');
/** What `press` writes onto a page for the questions of the table. */
const KEYS = here('../../tests/book/golden/quiz_keys.json');

/** What comes of each case, judged with the whole model and with what a page has. */
function judgeAll(judge, table, keys) {
    return table.flatMap(({ model, cases }, at) => cases.map(({ answer, track }) => [judge(model, answer, track), judge(keys[at], answer, track)]
        // `undefined` does not survive the way out of a browser.
        .map(outcome => outcome ?? null)));
}

function compare(all) {
    const cases = TABLE.flatMap(({ model, cases: some }) => some.map(one => ({ id: model.id, ...one })));
    same(all.length, cases.length, 'verdicts');
    for (const [at, { id, answer, outcome = null }] of cases.entries()) {
        const [whole, short] = all[at];
        const what = `${id} ${JSON.stringify(answer)}`;
        expect(isDeepStrictEqual(whole, outcome), `${what}: ${JSON.stringify(whole)} is not ${JSON.stringify(outcome)}`);
        const bare = result => result && [result.right, result.parts.map(({ right, wanted }) => [right, wanted])];
        expect(isDeepStrictEqual(bare(short), bare(outcome)), `${what}, with what a page has: ${JSON.stringify(short)}`);
    }
}

export async function run(book, tally) {
    const script = book.site.files.find(path => /quiz\/judge(-[0-9a-f]+)?\.js$/.test(path));
    expect(script, 'this book has no judge');
    expect(TABLE.length > 8 && TABLE.length === KEYS.length, `${TABLE.length} questions in the table, ${KEYS.length} keys`);

    await tally.check('the shared table, in Node', async () => {
        const text = readFileSync(join(book.folder, script), 'utf8');
        const { judge } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
        compare(judgeAll(judge, TABLE, KEYS));
    });

    await tally.check('the shared table, in the browser', () => withPage(book, {}, async page => {
        await visit(page, book.url('index.html'));
        const all = await page.evaluate(async ([address, body, table, keys]) => {
            const { judge } = await import(address);
            // eslint-disable-next-line no-new-func
            return new Function('judge', 'table', 'keys', `${body}; return judgeAll(judge, table, keys);`)(judge, table, keys);
        }, [book.url(script), judgeAll.toString(), TABLE, KEYS]);
        compare(all);
    }));

    const seen = new Map();
    for (const path of book.pagesWith('class="sl-question"')) {
        for (const [name, answerOf, wanted] of [['right', rightAnswer, 'right'], ['wrong', wrongAnswer, 'wrong']]) {
            await tally.check(`${path}: a ${name} answer to each question`, () => withPage(book, {}, async page => {
                await visit(page, book.url(path));
                await page.getByRole('button', { name: /^Show (them )?all$/ }).click();
                for (const { id, kind, key } of await questionsOf(page)) {
                    same(await give(page, id, answerOf(key)), wanted, `${id} (${kind})`);
                    seen.set(kind, (seen.get(kind) ?? 0) + 1);
                }
            }));
        }
    }
    await tally.check('all kinds were there', () => same([...seen.keys()].sort().join(), 'choice,choices,decode,hears,open,order,short', 'kinds'));
}

// The quiz of a lesson: each kind of question by keyboard alone on a phone, one after another, the wrong ones again, and
// what is kept.

import { readFileSync } from 'node:fs';

import { visit, withPage } from '../book.js';
import { focused, near, tabTo } from '../keyboard.js';
import { AXE, accessible, fits } from '../looks.js';
import { give, questionsOf, rightAnswer, wrongAnswer } from '../questions.js';
import { expect, same, until } from '../tally.js';

const kept = (page, id) => page.evaluate(name => JSON.parse(localStorage.getItem('socketlings'))?.questions?.[name], id);
const shown = page => page.locator('.sl-question:not([hidden])');
const menu = page => page.locator('.sl-quiz-menu');

/** What a person presses to give an answer; the focus stands before the form. */
const PRESS = {
    async choice(page, { choice }) {
        await tabTo(page, '.sl-pick input', 20);
        await page.keyboard.press('Space');
        for (let at = 0; at < choice; at += 1) await page.keyboard.press('ArrowDown');
    },
    choices: (page, { choices }, { choices: all }) => tick(page, all.length, index => choices.includes(index)),
    hears: (page, { hears }, { actors }) => tick(page, actors.length + 1, index => (index < actors.length ? hears.includes(actors[index]) : hears.length === 0)),
    async short(page, { short }) {
        await tabTo(page, '.sl-field input', 20);
        await page.keyboard.type(short);
    },
    async open(page, { open }) {
        await tabTo(page, '.sl-field textarea', 20);
        await page.keyboard.type(open);
    },
    async decode(page, { decode }) {
        for (let count = 0; count < Object.keys(decode).length; count += 1) {
            await tabTo(page, 'form [name]', 20);
            const [name, isList] = await page.evaluate(() => [document.activeElement.name, document.activeElement.matches('select')]);
            await page.keyboard.type(decode[name]);
            same(await page.evaluate(() => document.activeElement.value), decode[name], `${isList ? 'chosen' : 'typed'} for ${name}`);
        }
    },
    /** Each step is moved up to its place. */
    async order(page, { order }) {
        for (const [place, step] of order.entries()) {
            await near(page, '.sl-question:not([hidden]) form');
            await tabTo(page, `[data-step="${step}"] button:first-child`, 40);
            for (;;) {
                const at = await page.evaluate(wanted => [...document.querySelectorAll('.sl-question:not([hidden]) [data-step]')].findIndex(({ dataset }) => Number(dataset.step) === wanted), step);
                if (at <= place) break;
                await page.keyboard.press('Enter');
                same(await focused(page, `[data-step="${step}"] button:first-child`), true, 'the focus stays on the button that was pressed');
                const said = await shown(page).locator('form [role=status]').textContent();
                same(said, `Now step ${at} of ${order.length}`, 'what is said');
            }
        }
        await page.keyboard.press('Tab');
    },
};

async function tick(page, count, isWanted) {
    for (let index = 0; index < count; index += 1) {
        await tabTo(page, '.sl-pick input', 20);
        if (isWanted(index)) await page.keyboard.press('Space');
    }
}

/** A question of each kind, with its page. */
async function examples(book) {
    const found = new Map();
    for (const path of book.pagesWith('class="sl-question"').filter(name => /^\d/.test(name))) {
        await withPage(book, {}, async page => {
            await visit(page, book.url(path));
            for (const question of await questionsOf(page)) {
                if (!found.has(question.kind)) found.set(question.kind, { path, ...question });
                if (question.key.rust && !found.has('rust')) found.set('rust', { path, ...question });
                if (question.kind === 'hears' && question.key.answer.length === 0 && !question.key.rust) found.set('nobody', { path, ...question });
            }
        });
    }
    return found;
}

export async function run(book, tally) {
    const found = await examples(book);
    for (const kind of Object.keys(PRESS)) {
        const { path, id, key } = found.get(kind);
        await tally.check(`a question of the kind ${kind}, by keyboard at 360 px`, () => withPage(book, { width: 360 }, async page => {
            await visit(page, `${book.url(path)}#question-${id}`);
            await page.evaluate(AXE);
            for (const scheme of ['light', 'dark']) {
                await page.emulateMedia({ colorScheme: scheme });
                await fits(page, scheme);
                await accessible(page, scheme);
            }
            await near(page, '.sl-question:not([hidden]) form');
            await PRESS[kind](page, rightAnswer(key), key);
            await tabTo(page, '.sl-question button[type=submit]', 30);
            await page.keyboard.press('Enter');
            const result = shown(page).locator('.sl-result');
            await until(async () => /^✓/.test(await result.textContent()), 'the result is there');
            same(await result.getAttribute('role'), 'status', 'role of the result');
            same(await focused(page, '.sl-question button[type=submit]'), true, 'the focus is where it was');
            expect(await shown(page).locator('.sl-explain').isVisible(), 'the explanation is not visible');
            expect(await shown(page).locator('.sl-read-on a').isVisible(), 'the way to the lesson is not visible');
            if (kind === 'hears') {
                await tabTo(page, '.sl-wire-seen > summary', 1).catch(() => near(page, '.sl-wire-seen').then(() => tabTo(page, '.sl-wire-seen > summary', 3)));
                await page.keyboard.press('Enter');
                expect(await shown(page).locator('.sl-diagram svg').first().isVisible(), 'the diagram is not visible');
            }
            for (const scheme of ['light', 'dark']) {
                await page.emulateMedia({ colorScheme: scheme });
                await fits(page, scheme);
                await accessible(page, scheme);
            }
            same((await kept(page, id)).right, true, 'kept as right');
            await page.reload();
            await page.waitForSelector('html[data-ready]', { state: 'attached' });
            same((await kept(page, id)).right, true, 'kept as right after a reload');
            expect((await menu(page).textContent()).includes('You have answered 1 of'), 'the lesson says how many are answered');
        }));

        await tally.check(`a wrong answer of the kind ${kind}: signs, reasons, light and dark`, () => withPage(book, { width: 360 }, async page => {
            await visit(page, `${book.url(path)}#question-${id}`);
            await page.evaluate(AXE);
            same(await give(page, id, wrongAnswer(key)), 'wrong', 'result');
            expect(/^✗/.test(await shown(page).locator('.sl-result').textContent()), 'the result is said');
            if (kind === 'choice') expect(await shown(page).locator('.sl-result p').count() > 1, 'no reason is given');
            if (kind !== 'short') expect(await shown(page).locator('.sl-sign:visible').count() > 0, 'no sign is visible');
            for (const scheme of ['light', 'dark']) {
                await page.emulateMedia({ colorScheme: scheme });
                await fits(page, scheme);
                await accessible(page, scheme);
            }
            same((await kept(page, id)).right, false, 'kept as wrong');
        }));
    }

    await tally.check('nothing is judged before there is an answer', () => withPage(book, {}, async page => {
        for (const kind of ['choice', 'choices', 'short', 'decode', 'hears', 'open']) {
            const { path, id } = found.get(kind);
            await visit(page, `${book.url(path)}#question-${id}`);
            await page.reload();
            await page.waitForSelector('html[data-ready]', { state: 'attached' });
            await shown(page).getByRole('button', { name: 'Check' }).click();
            expect(/first\.$/.test(await shown(page).locator('.sl-result').textContent()), `${kind}: it says what is missing`);
            same(await kept(page, id), undefined, `${kind}: what is kept`);
        }
    }));

    await tally.check('nobody is an answer of its own, and stands alone', () => withPage(book, { width: 360 }, async page => {
        const { path, id } = found.get('nobody');
        await visit(page, `${book.url(path)}#question-${id}`);
        const [somebody, nobody] = [shown(page).locator('[name=pick]').first(), shown(page).getByRole('checkbox', { name: 'Nobody' })];
        await somebody.check();
        await nobody.check();
        same(await somebody.isChecked(), false, 'somebody beside nobody');
        await somebody.check();
        same(await nobody.isChecked(), false, 'nobody beside somebody');
        await shown(page).getByRole('button', { name: 'Check' }).click();
        same(await shown(page).locator('.sl-verdict').textContent(), '✗ Not right. Nobody hears it.', 'said of a wrong answer');
        same(await shown(page).locator('.sl-pick').last().getAttribute('data-mark'), 'missed', 'the mark of nobody');
        await page.reload();
        await page.waitForSelector('html[data-ready]', { state: 'attached' });
        await nobody.check();
        await shown(page).getByRole('button', { name: 'Check' }).click();
        same(await shown(page).locator('.sl-verdict').textContent(), '✓ Right.', 'said of the right answer');
        same(await shown(page).locator('.sl-pick').last().getAttribute('data-mark'), 'right', 'the mark of nobody');
    }));

    await tally.check('an answer to an open question is marked by its writer', () => withPage(book, {}, async page => {
        const { path, id, key } = found.get('open');
        await visit(page, `${book.url(path)}#question-${id}`);
        await give(page, id, wrongAnswer(key));
        same(await shown(page).getByRole('radio', { name: 'Not yet' }).isChecked(), true, 'marked by its words');
        await shown(page).getByRole('radio', { name: 'Yes' }).check();
        const entry = await kept(page, id);
        same(`${entry.right} ${entry.asked} ${entry.missed}`, 'true 1 0', 'kept: right, asked, missed');
    }));

    await tally.check('where the servers differ, the language of the code decides', () => withPage(book, {}, async page => {
        const { path, id, key } = found.get('rust');
        await visit(page, `${book.url(path)}#question-${id}`);
        expect((await shown(page).locator('.sl-server').textContent()).includes('Node'), 'it says Node');
        await shown(page).getByRole('tab', { name: 'Rust' }).click();
        expect((await shown(page).locator('.sl-server').textContent()).includes('socketioxide'), 'it says socketioxide');
        same(await give(page, id, rightAnswer(key, 'rust')), 'right', 'the answer for socketioxide');
        expect(await shown(page).locator('.sl-differ').isVisible(), 'the difference is not told');
    }));

    const { path } = found.get('choice');
    await tally.check('one after another, by keyboard; then the wrong ones again', () => withPage(book, { width: 360 }, async page => {
        await visit(page, book.url(path));
        const questions = await questionsOf(page);
        same(await shown(page).count(), 0, 'questions before the start');
        await near(page, '.sl-quiz-menu');
        await tabTo(page, '.sl-quiz-menu button', 5);
        same(await page.evaluate(() => document.activeElement.textContent), 'Start', 'the first button');
        await page.keyboard.press('Enter');
        for (const [at, { id, key }] of questions.entries()) {
            same(await shown(page).count(), 1, 'questions at a time');
            same(await page.evaluate(() => document.activeElement.id), `question-${id}`, 'what has the focus');
            same(await shown(page).locator('.sl-question-number').textContent(), `Question ${at + 1} of ${questions.length}`, 'its number');
            await give(page, id, at < 2 ? wrongAnswer(key) : rightAnswer(key));
            await page.waitForTimeout(450);
            await near(page, '.sl-question:not([hidden]) > .sl-buttons');
            await tabTo(page, 'button[type=submit]', 2);
            await page.keyboard.press('Enter');
        }
        same(await focused(page, '.sl-quiz-menu'), true, 'the result has the focus');
        const said = await menu(page).textContent();
        expect(said.includes(`${questions.length - 2} of ${questions.length} right.`), `it says ${said}`);
        await page.reload();
        await page.waitForSelector('html[data-ready]', { state: 'attached' });
        await page.getByRole('button', { name: 'Try the wrong ones again (2)' }).click();
        for (const { id, key } of questions.slice(0, 2)) {
            same(await shown(page).getAttribute('id'), `question-${id}`, 'the question that is asked again');
            await give(page, id, rightAnswer(key));
            await page.waitForTimeout(450);
            await shown(page).locator('button[type=submit]').click();
        }
        const end = await menu(page).textContent();
        expect(end.includes('2 of 2 right.') && end.includes(`${questions.length} of them right`), `it says ${end}`);
        same(await page.getByRole('button', { name: /wrong ones/ }).count(), 0, 'buttons for wrong ones');
        const entry = await kept(page, questions[0].id);
        same(`${entry.asked} ${entry.missed}`, '2 1', 'asked and missed');
        expect(Date.parse(entry.card.due) > Date.now(), 'it comes back another day');
    }));

    await tally.check('who stops keeps what was answered', () => withPage(book, {}, async page => {
        await visit(page, book.url(path));
        const [first] = await questionsOf(page);
        await page.getByRole('button', { name: 'Start' }).click();
        await give(page, first.id, rightAnswer(first.key));
        await page.getByRole('button', { name: 'Stop' }).click();
        expect((await menu(page).textContent()).includes('1 of 1 right.'), 'the menu says so');
        await page.getByRole('button', { name: /^Go on/ }).click();
        expect(await shown(page).getAttribute('id') !== `question-${first.id}`, 'the next one is asked');
    }));

    await tally.check('a key that is held down skips no answer', () => withPage(book, {}, async page => {
        const { path: where, id } = found.get('short');
        await visit(page, `${book.url(where)}#question-${id}`);
        await shown(page).locator('input').fill('x');
        await shown(page).locator('input').press('Enter');
        for (let count = 0; count < 3; count += 1) await page.keyboard.press('Enter');
        expect(await shown(page).locator('.sl-explain').isVisible(), 'the explanation is gone');
    }));

    await tally.check('answers go into the file of the progress and come back; old files are read', async () => {
        const [text, id] = await withPage(book, {}, async page => {
            await visit(page, book.url(path));
            const [first] = await questionsOf(page);
            await page.getByRole('button', { name: 'Start' }).click();
            await give(page, first.id, rightAnswer(first.key));
            await page.locator('.sl-progress summary').click();
            const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as a file' }).click()]);
            return [readFileSync(await download.path(), 'utf8'), first.id];
        });
        await withPage(book, {}, async page => {
            await visit(page, book.url(path));
            const load = async (saved, says) => {
                await page.setInputFiles('.sl-progress input[type=file]', { name: 'p.json', mimeType: 'application/json', buffer: Buffer.from(saved) });
                await until(async () => (await page.locator('.sl-progress p').textContent()).includes(says), says);
            };
            await load('{"format":"socketlings-progress","version":1,"read":{"rooms":"2026-01-01"},"choices":{}}', '1 lesson is newly marked');
            await load(text, '1 answer is new');
            expect((await menu(page).textContent()).includes('You have answered 1 of'), 'the lesson knows it at once');
            const newer = await kept(page, id);
            const older = JSON.stringify({ format: 'socketlings-progress', version: 1, questions: { [id]: { ...newer, right: false, at: '2020-01-01T00:00:00.000Z' }, x: 7, y: null, ['__proto__']: { right: true } } });
            await load(older, 'nothing new');
            same((await kept(page, id)).right, true, 'the later answer stays');
        });
    });

    await tally.check('nonsense in what is kept does no harm', () => withPage(book, {}, async page => {
        await visit(page, book.url(path));
        const [first] = await questionsOf(page);
        for (const entry of [7, null, [], {}, { right: 'yes' }, { right: true, at: 3, card: 5 }, { right: true, card: { due: 'x', state: 9, stability: -1, last_review: 'y' } }]) {
            await page.evaluate(([id, value]) => localStorage.setItem('socketlings', JSON.stringify({ format: 'socketlings-progress', version: 1, questions: { [id]: value } })), [first.id, entry]);
            await page.reload();
            await page.waitForSelector('html[data-ready]', { state: 'attached' });
            await page.getByRole('button', { name: /^(Start|All from the beginning|Go on)/ }).first().click();
            const [{ id, key }] = (await questionsOf(page)).filter(question => question.id === first.id);
            if (!await page.locator(`#question-${id}`).isVisible()) continue;
            same(await give(page, id, rightAnswer(key)), 'right', `with ${JSON.stringify(entry)}`);
            expect(Date.parse((await kept(page, id)).card.due) > Date.now(), 'it has a day');
        }
    }));
}

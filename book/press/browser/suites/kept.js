// What the device remembers: the language of code across the book, lessons read, and both as a file.

import { readFileSync } from 'node:fs';

import { visit, withPage } from '../book.js';
import { expect, same, until } from '../tally.js';

const state = page => page.evaluate(() => JSON.parse(localStorage.getItem('socketlings')));
const marked = page => page.locator('#mdbook-sidebar a.sl-read').count();

export async function run(book, tally) {
    const lessons = book.pages.filter(path => /^\d+_/.test(path));
    const withTabs = book.pagesWith('data-language="rust"').filter(path => lessons.includes(path));
    expect(lessons.length > 0, 'this book has no lesson');
    const idOf = path => path.replace(/^\d+_/, '').replace('.html', '');

    await tally.check('the language of code is chosen once for the whole book', () => withPage(book, {}, async page => {
        await visit(page, book.url(withTabs[0]));
        await page.locator('[role=tab]', { hasText: 'Rust' }).first().click();
        const shown = () => page.evaluate(() => [...document.querySelectorAll('.sl-tabs')]
            .filter(box => box.checkVisibility() && box.querySelector('[data-language=rust]') && box.querySelector('[role=tab]'))
            .every(box => box.querySelector('[data-language=rust]').offsetHeight > 0));
        same(await shown(), true, 'Rust in every group of the page');
        for (const path of [withTabs.at(-1), withTabs[0]]) {
            await visit(page, book.url(path));
            same(await shown(), true, `Rust on ${path}`);
        }
    }));

    await tally.check('a lesson is marked as read, and unmarked', () => withPage(book, {}, async page => {
        await visit(page, book.url(lessons[0]));
        await page.getByRole('button', { name: 'Mark as read' }).click();
        same(await marked(page), 1, 'marks in the contents');
        expect((await page.locator('.sl-progress summary').textContent()).startsWith('1 of '), 'the count says 1');
        await page.reload();
        await until(async () => await marked(page) === 1, 'the mark is there after a reload');
        await page.getByRole('button', { name: 'Mark as not read' }).click();
        same(await marked(page), 0, 'marks in the contents');
    }));

    await tally.check('the first page leads to the first lesson that is not read', () => withPage(book, {}, async page => {
        await visit(page, book.url(lessons[0]));
        await page.getByRole('button', { name: 'Mark as read' }).click();
        await visit(page, book.url('index.html'));
        if (!lessons[1]) return;
        const link = page.locator('a.sl-begin');
        expect((await link.textContent()).includes('Continue'), 'it says Continue');
        same(await link.evaluate(element => element.href), book.url(lessons[1]), 'where it leads');
    }));

    await tally.check('progress goes into a file and comes back on another device', async () => {
        const text = await withPage(book, {}, async page => {
            await visit(page, book.url(lessons[0]));
            await page.getByRole('button', { name: 'Mark as read' }).click();
            await page.locator('.sl-progress summary').click();
            const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save as a file' }).click()]);
            same(download.suggestedFilename(), 'socketlings-progress.json', 'name of the file');
            return readFileSync(await download.path(), 'utf8');
        });
        await withPage(book, {}, async page => {
            await visit(page, book.url(lessons.at(-1)));
            await page.getByRole('button', { name: 'Mark as read' }).click();
            await page.setInputFiles('.sl-progress input[type=file]', { name: 'p.json', mimeType: 'application/json', buffer: Buffer.from(text) });
            await until(async () => await marked(page) === (lessons.length > 1 ? 2 : 1), 'both lessons are marked');
        });
    });

    await tally.check('a file that is not ours changes nothing, and says so', () => withPage(book, {}, async page => {
        await visit(page, book.url(lessons[0]));
        await page.getByRole('button', { name: 'Mark as read' }).click();
        const before = JSON.stringify(await state(page));
        for (const text of ['', 'null', '[]', '{"read":{"x":"y"}}', '{"format":"socketlings-progress","version":99}', '{"format":"socketlings-progress"}']) {
            await page.setInputFiles('.sl-progress input[type=file]', { name: 'p.json', mimeType: 'application/json', buffer: Buffer.from(text) });
            await until(async () => (await page.locator('.sl-progress p').textContent()).includes('Nothing was changed'), `refusal of ${text}`);
            same(JSON.stringify(await state(page)), before, 'what is kept');
        }
    }));

    await tally.check('an edited book keeps the marks: other numbers, lessons gone, lessons to come', () => withPage(book, {}, async page => {
        await visit(page, book.url(lessons[0]));
        await page.evaluate(id => localStorage.setItem('socketlings', JSON.stringify({
            format: 'socketlings-progress', version: 1, read: { [id]: '2026-01-01', a_lesson_of_another_edition: '2026-01-02' }, choices: {}, quiz: { kept: true },
        })), idOf(lessons.at(-1)));
        await page.reload();
        await until(async () => await marked(page) === 1, 'the lesson is found by its name without number');
        if (lessons.length > 1) await page.getByRole('button', { name: 'Mark as read' }).click();
        const kept = await state(page);
        same(kept.read.a_lesson_of_another_edition, '2026-01-02', 'a lesson that this edition does not have');
        same(kept.quiz.kept, true, 'a part that this page does not know');
    }));

    await tally.check('nonsense in the storage does no harm', () => withPage(book, {}, async page => {
        await visit(page, book.url(lessons[0]));
        for (const text of ['{', '7', '{"read":[],"choices":"x"}']) {
            await page.evaluate(value => localStorage.setItem('socketlings', value), text);
            await visit(page, book.url(lessons[0]));
            same(await marked(page), 0, 'marks');
        }
        await page.getByRole('button', { name: 'Mark as read' }).click();
        same(await marked(page), 1, 'marks');
    }));

    await tally.check('with a full storage a choice lives as long as the page', () => withPage(book, {}, async page => {
        await page.addInitScript(() => {
            Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };
        });
        await visit(page, book.url(withTabs[0]));
        await page.getByRole('button', { name: 'Mark as read' }).click();
        same(await marked(page), 1, 'marks in the contents');
        const tab = page.locator('[role=tab]', { hasText: 'Rust' }).first();
        await tab.click();
        same(await tab.getAttribute('aria-selected'), 'true', 'whether Rust is chosen');
        same(await marked(page), 1, 'marks in the contents after another choice');
        await page.getByRole('button', { name: 'Mark as not read' }).click();
        same(await marked(page), 0, 'marks in the contents');
    }));

    await tally.check('an answer in a file that makes no sense takes no place of a good one', () => withPage(book, {}, async page => {
        const good = { right: true, at: '2026-11-22T10:00:00.000Z', asked: 2, missed: 1, card: { due: '2026-11-25T10:00:00.000Z' } };
        const file = (id, answer) => JSON.stringify({ format: 'socketlings-progress', version: 1, questions: { [id]: answer } });
        await visit(page, book.url(lessons[0]));
        await page.evaluate(text => localStorage.setItem('socketlings', text), file('asked', good));
        await visit(page, book.url(lessons[0]));
        const take = async text => {
            await page.evaluate(() => { document.querySelector('.sl-progress p').textContent = ''; });
            await page.setInputFiles('.sl-progress input[type=file]', { name: 'p.json', mimeType: 'application/json', buffer: Buffer.from(text) });
            return until(async () => {
                const said = await page.locator('.sl-progress p').textContent();
                return said.startsWith('Loaded.') && said;
            }, 'it is loaded');
        };
        const bad = [{}, { at: 9 }, { right: true, at: 9 }, { right: true, at: 'later' }, { right: 'yes', at: '2027-01-01T00:00:00.000Z' }, { ...good, at: '2026-11-21T10:00:00.000Z' }];
        for (const answer of bad) {
            expect((await take(file('asked', answer))).includes('nothing new'), `${JSON.stringify(answer)} is new`);
            same(JSON.stringify((await state(page)).questions.asked), JSON.stringify(good), 'the good answer');
        }
        const later = { ...good, right: false, at: '2026-11-23T10:00:00.000Z' };
        expect((await take(file('asked', later))).includes('1 answer is new'), 'a later answer is new');
        same((await state(page)).questions.asked.right, false, 'the later answer');
    }));

    await tally.check('the day on which a lesson was read is the day of its reader', () => withPage(book, { timezoneId: 'Australia/Sydney' }, async page => {
        await page.clock.setFixedTime(new Date('2026-03-01T20:00:00Z'));
        await visit(page, book.url(lessons[0]));
        await page.getByRole('button', { name: 'Mark as read' }).click();
        same((await state(page)).read[idOf(lessons[0])], '2026-03-02', 'the day');
    }));

    await tally.check('two windows of the book agree', () => withPage(book, {}, async (page, context) => {
        const other = await context.newPage();
        await visit(page, book.url(lessons[0]));
        await visit(other, book.url(lessons[0]));
        await page.getByRole('button', { name: 'Mark as read' }).click();
        await until(async () => await marked(other) === 1, 'the other window shows the mark');
    }));
}

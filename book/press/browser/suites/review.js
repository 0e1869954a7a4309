// The page of the interview: filters, what is due over all lessons, all results; on paper, offline, without JavaScript.

import { visit, withPage } from '../book.js';
import { near, tabTo } from '../keyboard.js';
import { AXE, accessible, fits } from '../looks.js';
import { give, questionsOf, rightAnswer } from '../questions.js';
import { expect, same, until } from '../tally.js';

const shown = page => page.locator('.sl-question:not([hidden])');
const ready = page => page.waitForSelector('html[data-ready]', { state: 'attached' });

/** Makes these questions due, the first one longest. */
async function due(page, ids) {
    await page.evaluate(all => {
        const day = at => new Date(Date.UTC(2026, 0, 1 + at)).toISOString();
        const card = at => ({ due: day(at), stability: 0.2, difficulty: 6.4, elapsed_days: 0, scheduled_days: 1, reps: 1, lapses: 0, learning_steps: 0, state: 2, last_review: day(0) });
        const questions = Object.fromEntries(all.map((id, at) => [id, { right: false, at: day(0), asked: 1, missed: 1, card: card(at) }]));
        localStorage.setItem('socketlings', JSON.stringify({ format: 'socketlings-progress', version: 1, read: {}, choices: {}, questions }));
    }, ids);
    await page.reload();
    await ready(page);
}

export async function run(book, tally) {
    const [path] = book.pagesWith('data-interview=');
    const lessons = book.pagesWith('class="sl-question"').filter(name => /^\d/.test(name));
    const ofLessons = await Promise.all([lessons[0], lessons.at(-1)].map(lesson => withPage(book, {}, async page => {
        await visit(page, book.url(lesson));
        return (await questionsOf(page))[0];
    })));

    await tally.check('filters, by keyboard at 360 px', () => withPage(book, { width: 360 }, async page => {
        await visit(page, book.url(path));
        const all = await questionsOf(page);
        const fit = all.filter(({ key }) => key.topic === 'rooms' && key.level === 'mid');
        expect(fit.length > 0 && fit.length < all.length, 'the interview has questions of the level mid on rooms, and others');
        await near(page, '#ask-topic');
        await tabTo(page, '#ask-topic', 2);
        await page.keyboard.type('rooms');
        await tabTo(page, '#ask-level', 2);
        await page.keyboard.type('mid');
        const says = `${fit.length} ${fit.length === 1 ? 'question' : 'questions'}.`;
        await until(async () => (await page.locator('.sl-panel [role=status]').allTextContents()).includes(says), `it says ${says}`);
        await tabTo(page, '.sl-panel .sl-buttons button', 4);
        await page.keyboard.press('Enter');
        same(await shown(page).getAttribute('id'), `question-${fit[0].id}`, 'the first question');
        await page.getByRole('button', { name: 'Stop' }).click();
        await page.getByRole('button', { name: 'Show them all' }).click();
        same(await shown(page).count(), fit.length, 'questions shown');
        await page.locator('#ask-topic').selectOption('');
        await page.locator('#ask-level').selectOption('');
        await page.locator('#ask-state').selectOption('wrong');
        expect(await page.getByRole('button', { name: 'Ask one by one' }).isDisabled(), 'nothing was wrong yet');
    }));

    await tally.check('what is due comes from lessons and from here, by keyboard; then nothing is due', () => withPage(book, { width: 360 }, async page => {
        await visit(page, book.url(path));
        const [own] = await questionsOf(page);
        const wanted = [ofLessons[0], own, ofLessons[1]];
        await due(page, [...wanted.map(({ id }) => id), 'a_question_of_another_edition']);
        await page.evaluate(AXE);
        await near(page, '.sl-quiz-panels');
        await tabTo(page, '.sl-panel button', 3);
        same(await page.evaluate(() => document.activeElement.textContent), 'Review these 3', 'the button');
        await page.keyboard.press('Enter');
        for (const { id, key } of wanted) {
            await page.locator(`#question-${id}:not([hidden])`).waitFor();
            for (const scheme of ['light', 'dark']) {
                await page.emulateMedia({ colorScheme: scheme });
                await fits(page, scheme);
                await accessible(page, scheme);
            }
            same(await give(page, id, rightAnswer(key)), 'right', id);
            await page.waitForTimeout(450);
            await shown(page).locator('button[type=submit]').click();
        }
        const said = await page.locator('.sl-panel').first().textContent();
        expect(said.includes('3 of 3 right.') && said.includes('Nothing is due today.'), `it says ${said}`);
        await page.reload();
        await ready(page);
        expect((await page.locator('.sl-panel').first().textContent()).includes('Nothing is due today.'), 'nothing is due after a reload');
    }));

    await tally.check('what is due tomorrow is not due today', () => withPage(book, {}, async page => {
        await visit(page, book.url(path));
        await due(page, [ofLessons[0].id]);
        await page.evaluate(id => {
            const state = JSON.parse(localStorage.getItem('socketlings'));
            const now = new Date();
            state.questions[id].card.due = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 0, 1).toISOString();
            localStorage.setItem('socketlings', JSON.stringify(state));
        }, ofLessons[0].id);
        await page.reload();
        await ready(page);
        expect((await page.locator('.sl-panel').first().textContent()).includes('Nothing is due today.'), 'it is not due');
    }));

    await tally.check('results of each lesson and of all', () => withPage(book, { width: 360 }, async page => {
        await visit(page, book.url(lessons[0]));
        const [first, second] = await questionsOf(page);
        await page.getByRole('button', { name: 'Show all' }).click();
        await give(page, first.id, rightAnswer(first.key));
        await give(page, second.id, rightAnswer(second.key));
        await visit(page, book.url(path));
        await page.evaluate(AXE);
        await page.getByText('Lesson by lesson').click();
        const row = await page.locator('.sl-panel tbody tr').first().locator('td').allTextContents();
        same(row.slice(1).join(), '2,2', 'answered and right in the first lesson');
        same(await page.locator('.sl-panel tbody tr').count(), lessons.length + 1, 'rows');
        await fits(page, 'light');
        await accessible(page, 'light');
    }));

    await tally.check('all questions of the interview at once: no horizontal scroll, axe', () => withPage(book, { width: 360 }, async page => {
        await visit(page, book.url(path));
        await page.evaluate(AXE);
        await page.getByRole('button', { name: 'Show them all' }).click();
        for (const scheme of ['light', 'dark']) {
            await page.emulateMedia({ colorScheme: scheme });
            await fits(page, scheme);
            await accessible(page, scheme);
        }
    }));

    await tally.check('a review without a network', async () => {
        const server = await book.serveAgain();
        const context = await book.visitor({ serviceWorkers: 'allow' });
        try {
            const page = await context.newPage();
            await visit(page, server.url + path);
            await until(() => page.evaluate(() => navigator.serviceWorker.controller !== null), 'the worker is in charge', 120_000);
            await server.close();
            await due(page, ofLessons.map(({ id }) => id));
            await page.getByRole('button', { name: 'Review these 2' }).click();
            await page.locator(`#question-${ofLessons[0].id}:not([hidden])`).waitFor();
            same(await give(page, ofLessons[0].id, rightAnswer(ofLessons[0].key)), 'right', 'the verdict');
        } finally {
            await context.close();
            await server.close().catch(() => {});
        }
    });

    for (const name of [lessons[0], path]) {
        await tally.check(`${name} without JavaScript: all questions, and answers to unfold`, () => withPage(book, { width: 360, javaScriptEnabled: false }, async page => {
            await page.goto(book.url(name));
            const questions = page.locator('.sl-question');
            const count = await questions.count();
            expect(count >= 8, `${count} questions`);
            for (const part of ['.sl-ask', 'form', '.sl-answer > summary']) {
                same(await page.locator(`.sl-question ${part}`).filter({ visible: true }).count(), count, `${part} visible`);
            }
            same(await page.locator('.sl-explain:visible').count(), 0, 'answers unfolded');
            await page.locator('.sl-answer > summary').first().click();
            expect(await page.locator('.sl-explain').first().isVisible(), 'the answer unfolds');
            same(await page.locator('.sl-quiz button:visible').count(), 0, 'buttons that do nothing');
            const place = page.url();
            const field = page.locator('.sl-field input').first();
            if (await field.count() > 0) await field.press('Enter');
            same(page.url(), place, 'the page after Enter in a field');
        }));
    }

    await tally.check('on paper the questions are there, and not what can only be clicked', () => withPage(book, {}, async page => {
        await visit(page, book.url(lessons[0]));
        await page.emulateMedia({ media: 'print' });
        same(await page.locator('.sl-question:visible').count(), (await questionsOf(page)).length, 'questions');
        for (const part of ['.sl-quiz button', '.sl-quiz-menu', '.sl-explain']) same(await page.locator(`${part}:visible`).count(), 0, part);
    }));
}

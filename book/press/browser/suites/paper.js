// What leaves the browser as paper or PDF, and the picture on the first page.

import { readFileSync } from 'node:fs';

import { visit, withPage } from '../book.js';
import { expect, same } from '../tally.js';

const GOLDEN = new URL('../../../../runner/tests/golden/report/', import.meta.url);

export async function run(book, tally) {
    await tally.check('a lesson prints as ink on white, without what can only be clicked', () => withPage(book, { colorScheme: 'dark' }, async page => {
        await visit(page, book.url(book.pagesWith('class="sl-trace"')[0]));
        await page.locator('.sl-stepper button').first().click();
        await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
        for (const part of ['#mdbook-menu-bar', '#mdbook-sidebar', '.sl-stepper', '.sl-tablist', '.sl-turn', '.sl-done', 'pre > .buttons']) {
            same(await page.locator(`${part}:visible`).count(), 0, `${part} on paper`);
        }
        const frames = await page.locator('.sl-frame').evaluateAll(all => all.filter(frame => getComputedStyle(frame).visibility !== 'visible').length);
        same(frames, 0, 'packets hidden on paper');
        same(await page.evaluate(() => getComputedStyle(document.querySelector('.page-wrapper')).backgroundColor), 'rgb(255, 255, 255)', 'background');
        const pdf = await page.pdf({ format: 'A4' });
        expect(pdf.length > 10_000, `a PDF of ${pdf.length} bytes`);
    }));

    // The check on the first page is the one whose report `runner` keeps as a golden file.
    for (const [part, file] of [['.sl-wide', 'fail.60.txt'], ['.sl-narrow', 'fail.40.txt']]) {
        await tally.check(`the check on the first page is the report in ${file}`, () => withPage(book, {}, async page => {
            await visit(page, book.url('index.html'));
            const lines = text => text.split('\n').map(line => line.trimEnd()).filter(Boolean);
            const shown = lines(await page.locator(`.sl-terminal pre${part}`).evaluate(element => element.textContent));
            const golden = lines(readFileSync(new URL(file, GOLDEN), 'utf8'));
            let at = 0;
            for (const line of shown) {
                at = golden.indexOf(line, at) + 1;
                expect(at > 0, `not in the report, or not in this order: ${line}`);
            }
            expect(shown.length > 15, `only ${shown.length} lines`);
        }));
    }
}

// By keyboard alone: menus, tabs, traces, cards, search, what scrolls, and a visible focus at every stop.

import { visit, withPage } from '../book.js';
import { focused, near, tabTo } from '../keyboard.js';
import { expect, same, until } from '../tally.js';

export async function run(book, tally) {
    const lesson = book.pagesWith('class="sl-tabs"').find(path => path.match(/^\d/)) ?? book.pagesWith('class="sl-tabs"')[0];
    const check = (statement, options, path, body) => tally.check(statement, () => withPage(book, options, async (page, context) => {
        await visit(page, book.url(path));
        await body(page, context);
    }));

    await check('the first Tab is the way past the menus', {}, lesson, async page => {
        await page.keyboard.press('Tab');
        same(await focused(page, '.sl-skip'), true, 'skip link has the focus');
        const box = await page.locator('.sl-skip').boundingBox();
        expect(box.y >= 0, 'the skip link is not visible');
        await page.keyboard.press('Enter');
        await until(() => focused(page, '#mdbook-content'), 'focus goes to the text');
    });

    if (book.site.files.includes('404.html')) {
        // It has a base, so a place on it is one of the first page.
        await check('the page for a wrong address has no link past the menus that leads away', {}, '404.html',
            async page => same(await page.locator('.sl-skip').count(), 0, 'such links'));
    }

    await check('light and dark are chosen by keyboard and remembered', { colorScheme: 'light' }, lesson, async page => {
        await tabTo(page, '#mdbook-theme-toggle');
        await page.keyboard.press('Enter');
        await page.keyboard.press('End');
        await page.keyboard.press('Enter');
        const dark = () => page.evaluate(() => document.documentElement.classList.contains('dark'));
        same(await dark(), true, 'dark');
        same(await page.getAttribute('#mdbook-theme-dark', 'aria-checked'), 'true', 'the menu says so');
        await page.keyboard.press('Escape');
        same(await focused(page, '#mdbook-theme-toggle'), true, 'focus is back on the button');
        await page.reload();
        same(await dark(), true, 'dark after a reload');
    });

    await check('without a choice the system decides', { colorScheme: 'dark' }, lesson, async page => {
        same(await page.evaluate(() => document.documentElement.classList.contains('dark')), true, 'dark');
    });

    await check('the contents open and close by keyboard on a phone', { width: 360 }, lesson, async page => {
        await tabTo(page, '#mdbook-sidebar-toggle');
        await page.keyboard.press('Enter');
        await until(() => focused(page, '#mdbook-sidebar a'), 'focus goes into the contents');
        same(await page.getAttribute('#mdbook-sidebar-toggle', 'aria-expanded'), 'true', 'aria-expanded');
        await page.keyboard.press('Escape');
        same(await focused(page, '#mdbook-sidebar-toggle'), true, 'focus is back on the button');
        await until(async () => !await page.locator('#mdbook-sidebar').isVisible(), 'the contents are gone');
    });

    await check('the contents close by keyboard on a desk', {}, lesson, async page => {
        await tabTo(page, '#mdbook-sidebar-toggle');
        await page.keyboard.press('Space');
        await until(async () => !await page.locator('#mdbook-sidebar').isVisible(), 'the contents are gone');
        await page.keyboard.press('Space');
        await until(() => page.locator('#mdbook-sidebar').isVisible(), 'the contents are back');
    });

    await check('search is opened, typed into and followed by keyboard', {}, lesson, async page => {
        await page.keyboard.press('/');
        await until(() => focused(page, '#mdbook-searchbar'), 'the search field has the focus');
        await page.keyboard.type('acknowledgement');
        await page.waitForSelector('#mdbook-searchresults a');
        await page.keyboard.press('ArrowDown');
        await page.waitForSelector('#mdbook-searchresults li.focus');
        await page.keyboard.press('Enter');
        await page.waitForURL(/highlight=/);
    });

    await check('tabs of code: arrow keys, Home and End', {}, lesson, async page => {
        await near(page, '.sl-tabs');
        await tabTo(page, '[role=tab]', 10);
        await page.keyboard.press('ArrowRight');
        const state = () => page.evaluate(() => {
            const box = document.activeElement.closest('.sl-tabs');
            const tabs = [...box.querySelectorAll('[role=tab]')];
            const shown = [...box.querySelectorAll('[role=tabpanel]')].filter(panel => panel.offsetHeight > 0);
            return { at: tabs.indexOf(document.activeElement), of: tabs.length, selected: tabs.findIndex(tab => tab.ariaSelected === 'true'), shown: shown.map(panel => panel.id), controls: document.activeElement.getAttribute('aria-controls') };
        });
        const second = await state();
        same(`${second.at} ${second.selected}`, '1 1', 'tab in focus and tab selected');
        same(second.shown.join(), second.controls, 'the panel shown');
        await page.keyboard.press('Home');
        same((await state()).selected, 0, 'after Home');
        await page.keyboard.press('End');
        same((await state()).selected, second.of - 1, 'after End');
        same(page.url(), book.url(lesson), 'the page');
    });

    await check('a trace is stepped through by keyboard', {}, book.pagesWith('class="sl-trace"')[0], async page => {
        const place = page.url();
        await near(page, '.sl-stepper');
        await tabTo(page, '.sl-stepper button', 10);
        await page.keyboard.press('Enter');
        const seen = () => page.evaluate(() => {
            const figure = document.activeElement.closest('.sl-trace');
            const frames = [...figure.querySelectorAll('.sl-frame')];
            return { visible: frames.filter(frame => getComputedStyle(frame).visibility === 'visible').length, all: frames.length, said: figure.querySelector('output').textContent };
        });
        const first = await seen();
        same(first.visible, 1, 'packets visible at the first step');
        expect(first.said.startsWith(`Packet 1 of ${first.all}`), `it says ${first.said}`);
        const offered = await page.evaluate(() => [...document.activeElement.parentElement.querySelectorAll('button')].filter(button => button.offsetHeight > 0).map(button => button.textContent).join());
        same(offered, 'Back,Next packet,Show all', 'buttons while stepping');
        await page.keyboard.press('ArrowRight');
        same((await seen()).visible, 2, 'packets visible at the second step');
        await page.keyboard.press('End');
        same((await seen()).visible, first.all, 'packets visible at the end');
        await page.keyboard.press('ArrowLeft');
        same((await seen()).visible, first.all - 1, 'packets visible one step back');
        await page.keyboard.press('Escape');
        same((await seen()).visible, first.all, 'packets visible when it is left');
        same(page.url(), place, 'the page');
    });

    await check('a card: a hint opens by keyboard, the command is copied', { permissions: ['clipboard-read', 'clipboard-write'] }, book.pagesWith('class="sl-card"')[0], async page => {
        await near(page, '.sl-card details');
        await tabTo(page, '.sl-card summary', 10);
        await page.keyboard.press('Enter');
        same(await page.evaluate(() => document.activeElement.closest('details').open), true, 'hint open');
        await near(page, '.sl-card');
        await tabTo(page, '.sl-card .sl-command button', 15);
        await page.keyboard.press('Enter');
        await until(async () => (await page.evaluate(() => navigator.clipboard.readText())).includes('cargo run'), 'the command is copied');
    });

    await check('what scrolls sideways on a phone does so by keyboard', { width: 360 }, book.pagesWith('class="sl-diagram"')[0], async page => {
        const place = page.url();
        await near(page, '.sl-diagram');
        await tabTo(page, '.sl-diagram, .sl-diagram .sl-scroll', 10);
        for (let count = 0; count < 4; count += 1) await page.keyboard.press('ArrowRight');
        await until(() => page.evaluate(() => document.activeElement.scrollLeft > 0), 'the diagram has scrolled');
        same(await page.evaluate(() => scrollX), 0, 'the page has not');
        same(page.url(), place, 'the page');
    });

    await check('an arrow key outside of all this turns the page', {}, lesson, async page => {
        const next = await page.getAttribute('a.nav-chapters.next', 'href');
        await page.keyboard.press('ArrowRight');
        await page.waitForURL(new URL(next, page.url()).href);
    });

    for (const path of ['index.html', lesson]) {
        await check(`${path}: every stop of the Tab key is visible`, {}, path, async page => {
            for (let count = 0; count < 300; count += 1) {
                await page.keyboard.press('Tab');
                const stop = await page.evaluate(() => {
                    const element = document.activeElement;
                    if (!element || element === document.body) return null;
                    const { outlineStyle, outlineWidth } = getComputedStyle(element);
                    const { width, height } = element.getBoundingClientRect();
                    return { html: element.outerHTML.slice(0, 120), ring: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1.5, size: width * height, last: element.matches('.sl-turn a:last-child') };
                });
                if (!stop) break;
                expect(stop.ring && stop.size > 4, `no visible focus on ${stop.html}`);
                if (stop.last) break;
            }
        });
    }
}

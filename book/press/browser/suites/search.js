// Who searches for the topic of a lesson finds the lesson first; mistakes and lists come after it.

import { visit, withPage } from '../book.js';
import { expect, same, until } from '../tally.js';

const TOPICS = {
    volatile: '10_volatile_events', acknowledgement: '05_acknowledgements', room: '07_rooms', rooms: '07_rooms',
    namespace: '08_namespaces', middleware: '11_middleware', authentication: '12_authentication', 'redis adapter': '21_scaling',
    recovery: '18_recovery', useSocket: '16_react',
};

export async function run(book, tally) {
    for (const [topic, lesson] of Object.entries(TOPICS)) {
        await tally.check(`"${topic}" leads to the lesson first`, () => withPage(book, {}, async page => {
            const found = await search(page, book, topic);
            expect(found[0].startsWith(`${lesson}.html`), `found first: ${found.slice(0, 3).join(', ')}`);
        }));
    }
    await tally.check('a mistake is found by its name, at its lesson', () => withPage(book, {}, async page => {
        const found = await search(page, book, 'echo-to-all');
        expect(found.some(path => path.startsWith('appendix_mistakes.html#causes-')), `found: ${found.join(', ')}`);
    }));
    await tally.check('what is nowhere is said to be nowhere', () => withPage(book, {}, async page => {
        await visit(page, book.url('index.html'));
        await page.keyboard.press('/');
        await page.keyboard.type('zzyzx');
        const header = page.locator('#mdbook-searchresults-header');
        await until(async () => /^No search results/.test(await header.textContent()), 'it says so');
        same(await page.locator('#mdbook-searchresults a').count(), 0, 'results');
    }));
}

/** Types into the field; answers the paths of what is found, in order. */
async function search(page, book, text) {
    await visit(page, book.url('index.html'));
    await page.keyboard.press('/');
    await page.keyboard.type(text);
    const header = page.locator('#mdbook-searchresults-header');
    await until(async () => (await header.textContent()).includes(`'${text}'`), `results for ${text}`);
    return page.evaluate(base => [...document.querySelectorAll('#mdbook-searchresults a')].map(({ href }) => {
        const { pathname, hash } = new URL(href);
        return decodeURIComponent(pathname.slice(new URL(base).pathname.length)) + hash;
    }), book.url(''));
}

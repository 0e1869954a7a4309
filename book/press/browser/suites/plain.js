// With JavaScript off everything can be read and every page can be reached.

import { withPage } from '../book.js';
import { expect, same } from '../tally.js';

export async function run(book, tally) {
    for (const width of [360, 1280]) {
        await withPage(book, { width, javaScriptEnabled: false }, async page => {
            for (const path of book.pages) {
                await tally.check(`${path} at ${width} px without JavaScript`, async () => {
                    await page.goto(book.url(path));
                    expect(await page.locator('main h1').first().isVisible(), 'no heading is visible');
                    for (const part of ['.sl-tab', '.sl-tab-name', '.sl-frame', '.sl-diagram svg', '.sl-card', '.sl-mistake']) {
                        for (const element of await page.locator(`main ${part}`).all()) {
                            expect(await element.isVisible() || await element.evaluate(it => it.closest('details:not([open])') !== null), `hidden: ${part}`);
                        }
                    }
                    const by = await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
                    expect(by <= 0, `the page is ${by} px too wide`);
                });
            }
            await tally.check(`the contents at ${width} px without JavaScript`, async () => {
                await page.goto(book.url(book.pages.at(-1)));
                if (width < 1080) await page.getByRole('link', { name: 'Contents', exact: true }).click();
                const links = await page.locator('ol.chapter a:visible').evaluateAll(all => all.map(link => link.getAttribute('href')));
                const missing = book.pages.filter(path => !links.includes(path));
                same(missing.join(' '), '', 'pages that the contents do not lead to');
                await page.locator('ol.chapter a:visible').nth(1).click();
                expect(await page.locator('main h1').first().isVisible(), 'the link leads nowhere');
            });
            await tally.check(`dark at ${width} px without JavaScript`, async () => {
                await page.emulateMedia({ colorScheme: 'dark' });
                const light = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
                expect(light.match(/\d+/g).slice(0, 3).every(part => Number(part) < 60), `background is ${light}`);
            });
        });
    }
}

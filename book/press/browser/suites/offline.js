// After one visit the whole book is there without a network; a newer edition is announced, and never forced.

import { visit } from '../book.js';
import { expect, same, until } from '../tally.js';

export async function run(book, tally) {
    const server = await book.serveAgain();
    const context = await book.visitor({ serviceWorkers: 'allow' });
    const page = await context.newPage();
    const elsewhere = [];
    context.on('request', request => {
        if (/^https?:/.test(request.url()) && !request.url().startsWith(`${server.origin}/`)) elsewhere.push(request.url());
    });
    const at = path => server.url + path;
    const heading = () => page.locator('main h1').first().textContent();
    const edition = () => page.evaluate(() => new URL(navigator.serviceWorker.controller.scriptURL).searchParams.get('edition'));

    try {
        await tally.check('one visit takes the book along', async () => {
            await visit(page, at('index.html'));
            await until(() => page.evaluate(() => navigator.serviceWorker.controller !== null), 'the worker is in charge', 120_000);
            same(await edition(), book.site.version, 'edition');
        });

        await tally.check('a newer edition is announced, not forced', async () => {
            const path = book.pages.find(name => name !== 'index.html');
            await visit(page, at(path));
            const old = await heading();
            server.overlay.set('site.json', JSON.stringify({ ...book.site, version: 'the next one' }));
            server.overlay.set(path, `<!DOCTYPE html><html lang="en" data-ready><title>new</title><main><h1>A new text</h1></main></html>`);
            await visit(page, at(path));
            same(await heading(), old, 'heading before anybody agreed');
            const bar = page.locator('.sl-news');
            await bar.waitFor({ timeout: 120_000 });
            same(await heading(), old, 'heading while it is announced');
            same(await edition(), book.site.version, 'edition while it is announced');
            await bar.getByRole('button', { name: 'Later' }).click();
            same(await bar.count(), 0, 'bars after Later');
            await visit(page, at(path));
            same(await heading(), old, 'heading after Later');
            await bar.waitFor({ timeout: 120_000 });
            const other = await context.newPage();
            await visit(other, at(path));
            await other.locator('.sl-news').waitFor({ timeout: 120_000 });
            await bar.getByRole('button', { name: 'Show it' }).click();
            await until(async () => await heading().catch(() => '') === 'A new text', 'the new text is shown', 60_000);
            same(await other.locator('main h1').first().textContent(), old, 'the other window is left alone');
            await other.getByRole('button', { name: 'Show it' }).click();
            await until(async () => await other.locator('main h1').textContent().catch(() => '') === 'A new text', 'the other window follows when asked', 60_000);
            await other.close();
            const names = await page.evaluate(() => caches.keys());
            same(names.length, 1, `kept editions (${names.join(', ')})`);
            server.overlay.clear();
        });

        await tally.check('a newer edition that comes while another one takes over is whole', async () => {
            const last = book.pages.at(-1);
            const bar = page.locator('.sl-news');
            const caught = version => page.evaluate(async part => {
                const name = (await caches.keys()).find(key => key.endsWith(part));
                return name ? (await (await caches.open(name)).keys()).length : 0;
            }, ` ${version}`);
            const publish = version => server.overlay.set('site.json', JSON.stringify({ ...book.site, version }));
            publish('the second one');
            await visit(page, at('index.html'));
            await bar.waitFor({ timeout: 120_000 });
            publish('the third one');
            let release;
            server.held.set(last, new Promise(resolve => { release = resolve; }));
            await visit(page, at('index.html'));
            await bar.waitFor({ timeout: 120_000 });
            await until(async () => await caught('the third one') > 0, 'the third one is being fetched');
            await bar.getByRole('button', { name: 'Show it' }).click();
            await until(async () => await edition().catch(() => '') === 'the second one', 'the second one is in charge', 60_000);
            await until(() => page.evaluate(async () => (await caches.keys()).length === 2).catch(() => false), 'the first one is gone');
            release();
            server.held.clear();
            await until(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).waiting !== null).catch(() => false),
                'the third one waits', 120_000);
            await visit(page, at('index.html'));
            await bar.getByRole('button', { name: 'Show it' }).click({ timeout: 120_000 });
            await until(async () => await edition().catch(() => '') === 'the third one', 'the third one is in charge', 60_000);
            expect(await caught('the third one') >= book.pages.length, 'the third one is not on the device');
        });

        await tally.check('an edition that changes while it is fetched is not kept', async () => {
            let release;
            server.overlay.set('site.json', JSON.stringify({ ...book.site, version: 'the fourth one' }));
            server.held.set(book.pages.at(-1), new Promise(resolve => { release = resolve; }));
            await visit(page, at('index.html'));
            const names = () => page.evaluate(() => caches.keys());
            await until(async () => (await names()).some(name => name.endsWith(' the fourth one')), 'the fourth one is being fetched');
            server.overlay.set('site.json', JSON.stringify({ ...book.site, version: 'the fifth one' }));
            release();
            server.held.clear();
            await until(async () => !(await names()).some(name => name.endsWith(' the fourth one')), 'the mixture is gone', 120_000);
            server.overlay.clear();
        });

        await tally.check('an error of the host that is JSON changes nothing', async () => {
            server.overlay.set('site.json', '{"error":"busy"}');
            for (let visits = 0; visits < 2; visits += 1) {
                const asked = page.waitForResponse(answer => answer.url() === at('site.json'));
                await visit(page, at('index.html'));
                await (await asked).finished();
                // One more way there and back: the page has read its answer.
                await page.evaluate(() => fetch('site.json').then(answer => answer.text()));
                expect(await page.evaluate(() => navigator.serviceWorker.controller !== null), 'the worker is gone');
            }
            server.overlay.clear();
        });

        await tally.check('a host without a version takes the worker away, and what it keeps', async () => {
            const another = await book.visitor({ serviceWorkers: 'allow' });
            try {
                const tab = await another.newPage();
                await visit(tab, at('index.html'));
                await until(() => tab.evaluate(() => navigator.serviceWorker.controller !== null), 'the worker is in charge', 120_000);
                server.overlay.set('site.json', JSON.stringify({ ...book.site, version: null }));
                await visit(tab, at('index.html'));
                const left = () => tab.evaluate(async () => navigator.serviceWorker.controller === null
                    && (await navigator.serviceWorker.getRegistrations()).length + (await caches.keys()).length === 0).catch(() => false);
                await until(left, 'the worker and its cache are gone, and the page has come from the host');
            } finally {
                server.overlay.clear();
                await another.close();
            }
        });

        await tally.check('the way back to an edition is the same', async () => {
            await visit(page, at('index.html'));
            const bar = page.locator('.sl-news');
            await bar.waitFor({ timeout: 120_000 });
            await bar.getByRole('button', { name: 'Show it' }).click();
            await until(async () => await edition().catch(() => '') === book.site.version, 'the edition of this book', 60_000);
        });

        await server.close();

        for (const path of book.pages) {
            await tally.check(`${path} offline`, async () => {
                await visit(page, at(path));
                await page.reload();
                expect(await page.locator('main h1').first().isVisible(), 'no heading is visible');
                expect(await page.evaluate(() => getComputedStyle(document.querySelector('#mdbook-menu-bar')).position === 'sticky'), 'the page has no style');
            });
        }
        await tally.check('the bare folder, a search term and an address without .html work offline', async () => {
            const lesson = book.pages.find(name => name !== 'index.html');
            for (const path of ['', `${lesson}?highlight=socket`, lesson.replace('.html', '')]) {
                await visit(page, at(path));
                expect(await page.locator('main h1').first().isVisible(), `no heading at ${path}`);
            }
        });
        await tally.check('search works offline', async () => {
            await visit(page, at('index.html'));
            await page.keyboard.press('/');
            await page.keyboard.type('acknowledgement');
            await page.waitForSelector('#mdbook-searchresults a');
        });
        await tally.check('an address that does not exist says so offline', async () => {
            const answer = await page.goto(at('no_such_page.html'));
            same(answer.status(), 404, 'status');
        });
        await tally.check('nothing came from elsewhere', () => same(elsewhere.join(' '), '', 'requests'));
    } finally {
        await context.close();
        await server.close().catch(() => {});
    }
}

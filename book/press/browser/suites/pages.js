// Every page, at three widths, in light and dark: nothing scrolls sideways, axe finds nothing, nothing comes from
// elsewhere, nothing fails in the console, and our scripts stay small.

import { gzipSync } from 'node:zlib';

import { visit, withPage } from '../book.js';
import { AXE, accessible, fits, uncovered } from '../looks.js';
import { expect, same } from '../tally.js';

const MDBOOK = /\/(book|toc|highlight|clipboard\.min|elasticlunr\.min|mark\.min|searcher|searchindex)(-[0-9a-f]+)?(\.min)?(-[0-9a-f]+)?\.js$/;
const SCRIPT_LIMIT = 60_000;
/** Loaded once narrow and once wide, because the side bar opens by the width at the start. */
const WIDTHS = [[360, 768], [1280]];
const AT_ONCE = 2;

export async function run(book, tally) {
    const paths = [...book.pages, ...['404.html', 'print.html'].filter(path => book.site.files.includes(path))];
    const left = [...paths];
    const worker = async () => {
        for (let path = left.shift(); path !== undefined; path = left.shift()) await one(book, tally, path);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    await opened(book, tally);
    await copied(book, tally);
}

/** On a phone the buttons for copying are always there, and lie on nothing. */
async function copied(book, tally) {
    let count = 0;
    await withPage(book, { width: 360, hasTouch: true, isMobile: true }, async page => {
        for (const path of book.pages) {
            await tally.check(`${path} on a phone: the buttons for copying`, async () => {
                await visit(page, book.url(path));
                await page.evaluate(() => document.querySelectorAll('main details').forEach(part => { part.open = true; }));
                count += await uncovered(page);
            });
        }
    });
    await tally.check('there were buttons for copying', () => expect(count > book.site.pages.length, `${count} buttons`));
}

/** What is not seen until somebody opens it. */
async function opened(book, tally) {
    const states = {
        'the contents with the progress': async page => {
            await page.locator('#mdbook-sidebar-toggle').click();
            await page.locator('.sl-progress summary').click();
        },
        'the choice of light and dark': page => page.locator('#mdbook-theme-toggle').click(),
        'search with results': async page => {
            await page.keyboard.press('/');
            await page.keyboard.type('acknowledgement');
            await page.waitForSelector('#mdbook-searchresults a');
        },
        'the keyboard help': page => page.keyboard.press('?'),
        'hints and words': page => page.evaluate(() => document.querySelectorAll('main details').forEach(part => { part.open = true; })),
        'a trace at its first packet': page => page.locator('.sl-stepper button').first().click(),
    };
    const [path] = book.pagesWith('class="sl-trace"');
    for (const [name, open] of Object.entries(states)) {
        await withPage(book, { width: 360 }, async page => {
            await visit(page, book.url(path));
            await page.evaluate(AXE);
            await open(page);
            for (const scheme of ['light', 'dark']) {
                await page.emulateMedia({ colorScheme: scheme });
                await tally.check(`${name}, open, at 360 px, ${scheme}: no horizontal scroll`, () => fits(page, scheme));
                await tally.check(`${name}, open, at 360 px, ${scheme}: axe`, () => accessible(page, scheme));
            }
        });
    }
}

async function one(book, tally, path) {
    for (const widths of WIDTHS) {
        await withPage(book, { width: widths[0] }, async page => {
            const seen = watch(page, book.server.origin);
            await page.addInitScript(() => { window.print = () => {}; });
            await tally.check(`${path} opens at ${widths[0]} px`, () => visit(page, book.url(path)));
            await page.evaluate(AXE);
            for (const scheme of ['light', 'dark']) {
                await page.emulateMedia({ colorScheme: scheme });
                for (const width of widths) {
                    await page.setViewportSize({ width, height: 900 });
                    await tally.check(`${path} at ${width} px, ${scheme}: no horizontal scroll`, () => fits(page, scheme));
                    if (width === 768 || path === 'print.html') continue;
                    await tally.check(`${path} at ${width} px, ${scheme}: axe`, () => accessible(page, scheme));
                }
            }
            await tally.check(`${path}: nothing from elsewhere`, () => same(seen.elsewhere.join(' '), '', 'requests'));
            await tally.check(`${path}: no error in the console`, () => same(seen.errors.join('\n'), '', 'errors'));
            if (widths[0] === 360) await tally.check(`${path}: small scripts`, () => small(seen.scripts));
        });
    }
}

function watch(page, origin) {
    const seen = { elsewhere: [], errors: [], scripts: [] };
    page.on('request', request => {
        if (/^https?:/.test(request.url()) && !request.url().startsWith(`${origin}/`)) seen.elsewhere.push(request.url());
    });
    page.on('pageerror', error => seen.errors.push(error.message));
    page.on('console', message => {
        // The address of 404.html itself answers 200; nothing else may be missing.
        if (message.type() === 'error') seen.errors.push(`${message.text()} ${message.location().url}`);
    });
    page.on('response', response => {
        const url = new URL(response.url()).pathname;
        const ours = (response.request().resourceType() === 'script' || url.endsWith('.wasm')) && !MDBOOK.test(url);
        if (ours) seen.scripts.push(response.body());
    });
    return seen;
}

async function small(scripts) {
    const bodies = await Promise.all(scripts);
    const size = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0);
    expect(size > 0 && size <= SCRIPT_LIMIT, `${size} bytes of script of our own, gzip; at most ${SCRIPT_LIMIT}`);
}

// The built book under test: its pages, a server for it, and a browser.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

import { serve } from './site.js';

export async function open(folder) {
    const site = JSON.parse(readFileSync(join(folder, 'site.json'), 'utf8'));
    const browser = await chromium.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        args: ['--no-sandbox'],
    });
    const base = basePath(folder);
    const server = await serve(folder, base);
    const pages = site.pages.map(({ path }) => path);
    const html = new Map(pages.map(path => [path, readFileSync(join(folder, path), 'utf8')]));

    return {
        folder, site, server, pages,
        url: path => server.url + path,
        serveAgain: () => serve(folder, base),

        /** The pages whose HTML has `part`; a book without one can not be tested. */
        pagesWith(part) {
            const found = pages.filter(path => html.get(path).includes(part));
            if (found.length === 0) throw new Error(`no page of this book has ${part}`);
            return found;
        },

        /** A fresh visitor. Without a service worker unless asked for. */
        async visitor({ width = 1280, ...options } = {}) {
            const context = await browser.newContext({
                viewport: { width, height: 900 }, reducedMotion: 'reduce', serviceWorkers: 'block', ...options,
            });
            context.setDefaultTimeout(60_000);
            return context;
        },

        async close() {
            await browser.close();
            await server.close();
        },
    };
}

/** Where the book was built to live: 404.html, which answers for any path, has to say it. */
function basePath(folder) {
    const lost = readFileSync(join(folder, '404.html'), 'utf8');
    const base = /<base href="([^"]*)"/.exec(lost)?.[1];
    if (!base) throw new Error('404.html has no <base>');
    return new URL(base, 'http://localhost/').pathname;
}

/** Opens a page and waits until its scripts have run. */
export async function visit(page, url) {
    const answer = await page.goto(url);
    await page.waitForSelector('html[data-ready]', { state: 'attached' });
    return answer;
}

/** Runs `body` with a page of a fresh visitor. */
export async function withPage(book, options, body) {
    const context = await book.visitor(options);
    try {
        return await body(await context.newPage(), context);
    } finally {
        await context.close();
    }
}

// Keeps the whole book for reading offline, and says when there is a newer edition. It never changes a page by itself.
// The other half is `sw.js` at the root of the book.

import { button, make, root } from './page.js';

/** Asks the host which edition it has, registers that one. A host that can not be reached changes nothing. */
async function look() {
    let site;
    try {
        const answer = await fetch(new URL('site.json', root), { cache: 'no-store' });
        if (!answer.ok) return;
        site = await answer.json();
    } catch {
        return;
    }
    // `press serve` has no version: an author who looks at each save must see the save.
    if (site?.version === null) return forget();
    // Not ours: some hosts say what went wrong with them in JSON, too.
    if (typeof site?.version !== 'string') return;
    const worker = new URL('sw.js', root);
    worker.searchParams.set('edition', site.version);
    const registration = await navigator.serviceWorker.register(worker, { scope: root.pathname, updateViaCache: 'none' }).catch(() => null);
    if (registration) watch(registration);
}

function watch(registration) {
    if (registration.waiting) announce(registration.waiting);
    const follow = worker => worker?.addEventListener('statechange', () => {
        if (worker.state === 'installed' && registration.active) announce(worker);
    });
    follow(registration.installing);
    registration.addEventListener('updatefound', () => follow(registration.installing));
}

function announce(worker) {
    if (!navigator.serviceWorker.controller) return;
    document.querySelector('.sl-news')?.remove();
    const bar = make('div', { class: 'sl-news', role: 'region', 'aria-label': 'A newer edition' },
        make('p', { role: 'status' }, 'There is a newer edition of this book.'),
        button('Show it', () => {
            // Another window may have said yes already.
            if (worker.state !== 'installed') return location.reload();
            navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true });
            worker.postMessage('take over');
        }, { class: 'sl-button sl-main' }),
        button('Later', () => bar.remove()));
    document.body.append(bar);
}

/** Takes away the worker and what it keeps. The page on the screen came from it, so it is asked for again. */
async function forget() {
    const registrations = await navigator.serviceWorker.getRegistrations();
    const ours = registrations.filter(({ scope }) => scope === root.href);
    for (const registration of ours) await registration.unregister();
    for (const name of await caches.keys()) {
        if (name.startsWith(`socketlings ${root.href} `)) await caches.delete(name);
    }
    if (ours.length > 0 && navigator.serviceWorker.controller) location.reload();
}

export function start() {
    if (!('serviceWorker' in navigator)) return;
    void look();
    const HOUR = 3_600_000;
    let last = Date.now();
    document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible' && Date.now() - last > HOUR) {
            last = Date.now();
            void look();
        }
    });
}

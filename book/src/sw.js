// Keeps one edition of the book on the device, whole. Registered as `sw.js?edition=VERSION`: a new edition is a new
// address, so the browser installs it beside the old one, and it waits until its reader says so.
// Works under any path: everything is relative to the scope.

const EDITION = new URL(self.location.href).searchParams.get('edition');
const PREFIX = `socketlings ${self.registration.scope} `;
const CACHE = PREFIX + EDITION;
const AT_ONCE = 6;
/** For hosts and search engines, not for readers; some hosts do not hand them out. */
const NOT_READ = /(^|\/)\.|^(robots\.txt|sitemap\.xml)$/;

const within = path => new URL(path, self.registration.scope).href;

self.addEventListener('install', event => event.waitUntil(install()));

async function install() {
    const answer = await fetch(within('site.json'), { cache: 'no-store' });
    const site = await answer.clone().json();
    expect(site);
    const cache = await caches.open(CACHE);
    await cache.put(within('site.json'), answer);
    const left = site.files.filter(path => !NOT_READ.test(path));
    const fetchSome = async () => {
        for (let path = left.pop(); path !== undefined; path = left.pop()) await keep(cache, within(path));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, fetchSome));
    try {
        expect(await (await fetch(within('site.json'), { cache: 'no-store' })).json());
    } catch (error) {
        // Meanwhile another edition came: what was kept is a mixture of both.
        await caches.delete(CACHE);
        throw error;
    }
}

/** In the midst of a deployment: try again at the next visit. */
function expect({ version }) {
    if (version !== EDITION) throw new Error(`expected edition ${EDITION}, found ${version}`);
}

async function keep(cache, address) {
    if (await cache.match(address)) return;
    const answer = await fetch(address, { cache: 'no-cache' });
    if (!answer.ok) {
        // Some hosts answer 404 for the page that says 404, too.
        if (address === within('404.html')) return;
        throw new Error(`${address}: ${answer.status}`);
    }
    // A page that was redirected may not answer a navigation, so its content is stored under the address asked for.
    await cache.put(address, answer.redirected ? new Response(answer.body, { headers: answer.headers }) : answer);
}

self.addEventListener('activate', event => event.waitUntil(activate()));

async function activate() {
    // A newer edition that is just being installed, or waits, fills a cache of its own.
    const others = [self.registration.installing, self.registration.waiting].filter(Boolean);
    const used = [CACHE, ...others.map(({ scriptURL }) => PREFIX + new URL(scriptURL).searchParams.get('edition'))];
    for (const name of await caches.keys()) {
        if (name.startsWith(PREFIX) && !used.includes(name)) await caches.delete(name);
    }
    await self.clients.claim();
}

self.addEventListener('message', event => {
    if (event.data === 'take over') void self.skipWaiting();
});

self.addEventListener('fetch', event => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== 'GET' || !url.href.startsWith(self.registration.scope)) return;
    event.respondWith(url.href === within('site.json') ? fresh(request) : kept(request, url));
});

/** What this edition keeps under an address. A cache that was taken away is not made anew. */
const ours = address => caches.match(address, { cacheName: CACHE });

/** The host's word on what is new; what was kept, when there is no host. */
async function fresh(request) {
    try {
        return await fetch(request);
    } catch (error) {
        const answer = await ours(within('site.json'));
        if (answer) return answer;
        throw error;
    }
}

async function kept(request, url) {
    const page = url.origin + url.pathname;
    const names = page.endsWith('/') ? [`${page}index.html`] : [page, `${page}.html`];
    for (const name of names) {
        const answer = await ours(name);
        if (answer) return answer;
    }
    try {
        return await fetch(request);
    } catch (error) {
        const lost = request.mode === 'navigate' && await ours(within('404.html'));
        if (lost) return new Response(lost.body, { status: 404, headers: lost.headers });
        throw error;
    }
}

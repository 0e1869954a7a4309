// A static server as small as the hosts that will serve the book: a folder under a base path, on a free loopback port.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = {
    '.css': 'text/css', '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.json': 'application/json',
    '.png': 'image/png', '.svg': 'image/svg+xml', '.txt': 'text/plain', '.webmanifest': 'application/manifest+json',
    '.woff2': 'font/woff2', '.xml': 'text/xml',
};

async function find(folder, path) {
    const file = join(folder, normalize(path));
    const found = await stat(file).catch(() => null);
    if (found?.isDirectory()) return find(folder, join(path, 'index.html'));
    return found ? file : null;
}

/**
 * Serves `folder` under `base` (`/` or `/repository/`). `overlay` maps a path to a text that is served instead, `held` maps one to a
 * promise that its answer waits for.
 */
export async function serve(folder, base = '/') {
    const overlay = new Map();
    const held = new Map();
    const server = createServer(async (request, response) => {
        const { pathname } = new URL(request.url, 'http://localhost');
        const path = decodeURIComponent(pathname);
        const inside = path.startsWith(base) ? path.slice(base.length) : null;
        await held.get(inside);
        if (inside !== null && overlay.has(inside)) {
            response.writeHead(200, { 'content-type': TYPES[extname(inside)] ?? 'application/octet-stream' });
            response.end(overlay.get(inside));
            return;
        }
        const file = inside === null ? null : await find(folder, inside);
        const lost = file ? null : await find(folder, '404.html');
        if (!file && !lost) {
            response.writeHead(404).end();
            return;
        }
        response.writeHead(file ? 200 : 404, { 'content-type': TYPES[extname(file ?? lost)] ?? 'application/octet-stream' });
        createReadStream(file ?? lost).pipe(response);
    });
    await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
    return {
        origin: `http://127.0.0.1:${server.address().port}`,
        url: `http://127.0.0.1:${server.address().port}${base}`,
        overlay, held,
        close: () => new Promise(resolve => { server.closeAllConnections(); server.close(resolve); }),
    };
}

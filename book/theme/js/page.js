// Which page this is, and small helpers to build elements.

/** From this page to the root of the book: `` or `../`. */
export const root = new URL(document.documentElement.dataset.root || './', document.baseURI);

/** `07_rooms` for the page `/anything/07_rooms.html`. */
export function slugOf(url) {
    const name = new URL(url, document.baseURI).pathname.split('/').pop() || 'index';
    return name.replace(/\.html$/, '');
}

export const slug = slugOf(location.href);

/** `make('button', { class: 'x', onclick: f }, 'text', child)` */
export function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
        else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
    }
    element.append(...children);
    return element;
}

/** A button of ours. */
export function button(text, onclick, attributes = {}) {
    return make('button', { type: 'button', class: 'sl-button', onclick, ...attributes }, text);
}

/** The lessons of the contents, in order: `{ slug, link }`. */
export function lessons() {
    return [...document.querySelectorAll('#mdbook-sidebar .chapter-link-wrapper > a:not(.header-in-summary)')]
        .map(link => ({ link, slug: slugOf(link.href) }))
        .filter(({ slug }) => /^\d+_/.test(slug));
}

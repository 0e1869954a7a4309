// By keyboard: what scrolls can be focused, and arrow keys pressed inside the text do not turn the page.

import { make } from './page.js';

const SCROLLERS = 'main pre > code, main .sl-terminal pre, main .table-wrapper, main .sl-scroll, main .sl-diagram > .sl-scroll';

function label(element) {
    if (element.matches('.sl-diagram *, .sl-terminal *')) return element.closest('figure').querySelector('figcaption')?.textContent.trim() || 'Diagram';
    return element.matches('.table-wrapper') ? 'Table' : 'Code';
}

/** Some scroll on a narrow screen only. */
function update(element) {
    if (element.hasAttribute('data-fixed')) return;
    if (element.scrollWidth > element.clientWidth + 1) {
        element.tabIndex = 0;
        element.setAttribute('role', 'group');
        element.setAttribute('aria-label', `${label(element)} (scrolls sideways)`);
    } else {
        for (const name of ['tabindex', 'role', 'aria-label']) element.removeAttribute(name);
    }
}

/** Without us the whole figure scrolls; with us only the picture, and its caption stays. */
function wrapDiagrams() {
    for (const picture of document.querySelectorAll('.sl-diagram > svg')) {
        const box = make('div', { class: 'sl-scroll' });
        picture.before(box);
        box.append(picture);
    }
}

export function start() {
    wrapDiagrams();
    const watch = new ResizeObserver(entries => entries.forEach(({ target }) => update(target)));
    for (const element of document.querySelectorAll(SCROLLERS)) {
        element.toggleAttribute('data-fixed', element.hasAttribute('tabindex'));
        watch.observe(element);
    }
    document.querySelector('main')?.addEventListener('keydown', event => {
        if (event.key.startsWith('Arrow') && event.target.closest('[tabindex], button, summary, input, select, textarea')) event.stopPropagation();
    });
}

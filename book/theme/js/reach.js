// By keyboard: what scrolls can be focused, and arrow keys pressed there do not turn the
// page. And what Markdown can not say of tables and pictures.

import { make } from './page.js';

const SCROLLERS = 'main pre > code, main .sl-terminal pre, main .table-wrapper, main .sl-scroll';

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

function wrap(inside, name) {
    const box = make('div', { class: name });
    inside.before(box);
    box.append(inside);
}

/** Without us a whole figure scrolls; with us only the picture, and its caption stays. */
function boxes(within) {
    for (const picture of within.querySelectorAll('.sl-diagram > svg')) wrap(picture, 'sl-scroll');
    for (const table of within.querySelectorAll('.sl-contract table')) wrap(table, 'table-wrapper');
}

/** Markdown makes a heading of the corner above the first column even when nothing is in it. */
function corners() {
    for (const corner of document.querySelectorAll('main th:empty')) corner.replaceWith(make('td'));
}

const watch = new ResizeObserver(entries => entries.forEach(({ target }) => update(target)));

/** Does the same for what has come onto the page later. */
export function within(element) {
    boxes(element);
    for (const scroller of element.querySelectorAll(SCROLLERS)) {
        scroller.toggleAttribute('data-fixed', scroller.hasAttribute('tabindex'));
        watch.observe(scroller);
    }
}

export function start() {
    corners();
    within(document);
    document.querySelector('main')?.addEventListener('keydown', event => {
        if (event.key.startsWith('Arrow') && event.target.closest('main [tabindex], button, summary, input, select, textarea')) event.stopPropagation();
    });
}

// Contents, choice of light and dark, search and help, for mouse and keyboard alike. mdBook does the work; this adds
// what a keyboard or a screen reader lacks there.

function contents() {
    const button = document.getElementById('mdbook-sidebar-toggle');
    const box = document.getElementById('mdbook-sidebar-toggle-anchor');
    const bar = document.getElementById('mdbook-sidebar');
    if (!button || !box || !bar) return;
    const covers = () => innerWidth < 1080;

    function set(open) {
        if (box.checked === open) return;
        bar.style.display = '';
        box.checked = open;
        box.dispatchEvent(new Event('change'));
    }
    button.addEventListener('click', () => {
        set(!box.checked);
        if (box.checked && covers()) (bar.querySelector('a.active') ?? bar.querySelector('a'))?.focus();
    });
    bar.addEventListener('keydown', event => {
        if (event.key !== 'Escape' || !covers()) return;
        set(false);
        button.focus();
    });
    // Over the text: whoever leaves it has closed it.
    bar.addEventListener('focusout', event => {
        if (covers() && event.relatedTarget && !bar.contains(event.relatedTarget) && event.relatedTarget !== button) set(false);
    });
    // A link to a heading of this page leaves the contents open over it.
    bar.addEventListener('click', event => {
        if (covers() && event.target.closest('a.header-in-summary')) set(false);
    });
}

function theme() {
    const list = document.getElementById('mdbook-theme-list');
    if (!list) return;
    const update = () => {
        for (const item of list.querySelectorAll('.theme')) item.setAttribute('aria-checked', item.classList.contains('theme-selected'));
    };
    update();
    new MutationObserver(update).observe(list, { subtree: true, attributeFilter: ['class'] });
}

/** mdBook shows the help; the focus goes there, and back. */
function help() {
    const box = document.getElementById('mdbook-help-container');
    let before = null;
    new MutationObserver(() => {
        const open = box.style.display === 'flex';
        if (open && !before) {
            before = document.activeElement;
            box.firstElementChild.focus();
        } else if (!open && before) {
            before.focus();
            before = null;
        }
    }).observe(box, { attributeFilter: ['style'] });
}

/** mdBook labels each excerpt "Search Result Teaser", where no label may be, and in place of the excerpt. */
function search() {
    const list = document.getElementById('mdbook-searchresults');
    if (!list) return;
    new MutationObserver(() => {
        for (const excerpt of list.querySelectorAll('.teaser[aria-label]')) excerpt.removeAttribute('aria-label');
    }).observe(list, { childList: true });
}

export function start() {
    contents();
    theme();
    help();
    search();
}

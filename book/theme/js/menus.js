// The contents and the choice of light and dark, for mouse and keyboard alike. mdBook does the work.

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

export function start() {
    contents();
    theme();
}

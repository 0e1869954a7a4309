// Code in several languages becomes tabs (the ARIA pattern, with arrow keys). The choice holds for the whole book.

import { make } from './page.js';
import { change, follow, load } from './store.js';

let groups = [];
let built = 0;

function languageOf(panel) {
    return panel.dataset.language;
}

/** What `name` says before the file: the language as people write it. */
function title(panel) {
    const name = panel.querySelector('.sl-tab-name');
    return name?.firstChild?.textContent.trim() || languageOf(panel);
}

function build(box) {
    const panels = [...box.querySelectorAll(':scope > .sl-tab')];
    if (panels.length < 2) return;
    const number = built++;
    const tabs = panels.map((panel, index) => {
        panel.id ||= `code-${number}-${languageOf(panel)}`;
        const tab = make('button', {
            type: 'button',
            role: 'tab',
            id: `${panel.id}-tab`,
            'aria-controls': panel.id,
            onclick: () => choose(group, index),
        }, title(panel));
        panel.setAttribute('role', 'tabpanel');
        panel.setAttribute('aria-labelledby', tab.id);
        return tab;
    });
    const list = make('div', { class: 'sl-tablist', role: 'tablist', 'aria-label': 'Language of the code' }, ...tabs);
    const group = { panels, tabs, list };
    list.addEventListener('keydown', event => byKey(group, event));
    panels[0].before(list);
    box.classList.add('sl-ready');
    groups.push(group);
}

function byKey(group, event) {
    const last = group.tabs.length - 1;
    const at = group.tabs.indexOf(document.activeElement);
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    choose(group, to);
    group.tabs[to].focus();
}

/** Shows this language everywhere, and keeps the tab that was used where it is on the screen. */
function choose(group, index) {
    const before = group.list.getBoundingClientRect().top;
    change(state => { state.choices.language = languageOf(group.panels[index]); });
    scrollBy({ top: group.list.getBoundingClientRect().top - before, behavior: 'instant' });
}

function show({ panels, tabs }, wanted) {
    const index = Math.max(0, panels.findIndex(panel => languageOf(panel) === wanted));
    panels.forEach((panel, at) => {
        panel.toggleAttribute('data-off', at !== index);
        tabs[at].setAttribute('aria-selected', at === index);
        tabs[at].tabIndex = at === index ? 0 : -1;
    });
}

/** Makes tabs of the code in what has come onto the page later. */
export function within(element) {
    // A question that was reviewed has left the page.
    groups = groups.filter(({ list }) => list.isConnected);
    const known = groups.length;
    element.querySelectorAll('.sl-tabs').forEach(build);
    for (const group of groups.slice(known)) show(group, load().choices.language);
}

export function start() {
    document.querySelectorAll('.sl-tabs').forEach(build);
    follow(() => {
        const wanted = load().choices.language;
        for (const group of groups) show(group, wanted);
    });
}

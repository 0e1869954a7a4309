// Lessons read: a mark for each in the contents, a button at the end of each, a file to take them along.

import { button, lessons, make, slug } from './page.js';
import { change, follow, fromFile, lessonId, load, toFile } from './store.js';

const isRead = (state, slug) => lessonId(slug) in state.read;

function marks() {
    const all = lessons();
    const signs = all.map(({ link }) => {
        const sign = make('span', { class: 'sl-hidden' });
        link.classList.add('sl-lesson-link');
        link.append(sign);
        return sign;
    });
    follow(state => all.forEach(({ link, slug }, at) => {
        link.classList.toggle('sl-read', isRead(state, slug));
        signs[at].textContent = isRead(state, slug) ? ' (read)' : '';
    }));
}

function summary() {
    const place = document.querySelector('mdbook-sidebar-scrollbox');
    const all = lessons();
    if (!place || all.length === 0) return;
    const count = make('summary');
    const bar = make('progress', { max: all.length, 'aria-label': 'Lessons read' });
    const told = make('p', { role: 'status' }, 'Your marks and answers stay on this device. A file takes them to another one.');
    const tell = text => { told.textContent = text; };
    const pick = make('input', { type: 'file', accept: '.json,application/json', hidden: true, onchange: () => take(pick, tell) });
    const buttons = make('div', { class: 'sl-buttons' },
        button('Save as a file', () => give(tell)),
        button('Load a file', () => pick.click()), pick);
    place.prepend(make('details', { class: 'sl-progress' }, count, told, buttons));
    count.append(make('span'), bar);
    follow(state => {
        const done = all.filter(({ slug }) => isRead(state, slug)).length;
        count.firstChild.textContent = `${done} of ${all.length} lessons read`;
        bar.value = done;
    });
}

function give(tell) {
    const address = URL.createObjectURL(new Blob([toFile()], { type: 'application/json' }));
    make('a', { href: address, download: 'socketlings-progress.json' }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    tell('Saved. Open this book on the other device and load the file there.');
}

async function take(pick, tell) {
    const [file] = pick.files;
    if (!file) return;
    try {
        const fresh = fromFile(await file.text());
        const news = [
            fresh.lessons > 0 && `${fresh.lessons} ${fresh.lessons === 1 ? 'lesson is' : 'lessons are'} newly marked as read`,
            fresh.answers > 0 && `${fresh.answers} ${fresh.answers === 1 ? 'answer is' : 'answers are'} new`,
        ].filter(Boolean);
        tell(`Loaded. ${news.length > 0 ? news.join(', ') : 'It held nothing new'}.`);
    } catch (error) {
        tell(error.message);
    }
    pick.value = '';
}

/** `2026-11-22`, where the reader is: Swedish writes a day like that. */
const today = () => new Date().toLocaleDateString('sv');

function atTheEnd() {
    const id = lessonId(slug);
    const main = document.querySelector('main');
    if (!id || !main) return;
    const said = make('p', { role: 'status' });
    const mark = button('', () => change(state => {
        if (id in state.read) delete state.read[id];
        else state.read[id] = today();
    }));
    document.querySelector('.sl-turn')?.before(make('div', { class: 'sl-done', role: 'region', 'aria-label': 'Mark this lesson' }, mark, said));
    follow(state => {
        const done = id in state.read;
        mark.textContent = done ? 'Mark as not read' : 'Mark as read';
        mark.classList.toggle('sl-main', !done);
        said.textContent = done ? `You read this lesson on ${state.read[id]}.` : '';
    });
}

/** The first page leads to the first lesson that is not read yet. */
function landing() {
    const link = document.querySelector('a.sl-begin');
    if (!link) return;
    const state = load();
    const next = lessons().find(({ slug }) => !isRead(state, slug));
    if (next && Object.keys(state.read).length > 0) {
        link.href = next.link.href;
        link.textContent = `Continue with lesson ${parseInt(next.slug, 10)}`;
    }
}

export function start() {
    marks();
    summary();
    atTheEnd();
    landing();
}

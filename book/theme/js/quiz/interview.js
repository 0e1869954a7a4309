// The page of the interview: what is due today over all lessons, questions by topic and level, and all results.

import { button, make, root } from '../page.js';
import * as reach from '../reach.js';
import { follow, load } from '../store.js';
import * as tabs from '../tabs.js';
import { ask, goTo, inWords, showAll } from './ask.js';
import { Question } from './question.js';
import { due, known, tally } from './scores.js';

export function interview(section) {
    const own = [...section.querySelectorAll('.sl-question')].map(article => new Question(article));
    const lessons = JSON.parse(section.dataset.interview);
    const place = make('div', { class: 'sl-quiz-place' });
    const panels = make('div', { class: 'sl-quiz-panels' });
    const begin = (some, back) => {
        for (const question of own) question.hide();
        panels.hidden = true;
        ask(some, results => {
            panels.hidden = false;
            back(results);
        });
    };
    panels.append(review(own, lessons, place, begin), choice(own, begin), results(own, lessons));
    section.querySelector('.sl-quiz-about').after(panels, place);
    for (const question of own) question.hide();
}

/** What is due today. A question of a lesson is fetched from its page, which is on this device once the book is. */
function review(own, lessons, place, begin) {
    const pageOf = new Map(lessons.flatMap(({ page, questions }) => questions.map(id => [id, page])));
    const said = make('p', { role: 'status' });
    const start = button('Review', () => void go(), { class: 'sl-button sl-main' });
    const waiting = () => due(load()).filter(id => pageOf.has(id) || own.some(question => question.id === id));
    const box = make('section', { class: 'sl-panel', 'aria-labelledby': 'due-today' }, make('h2', { id: 'due-today' }, 'Due today'), said, start);
    const update = () => {
        const count = waiting().length;
        start.hidden = count === 0;
        start.textContent = `Review ${count === 1 ? 'it' : `these ${count}`}`;
        const answered = Object.keys(load().questions).length;
        said.textContent = count > 0 ? `${count} ${count === 1 ? 'question comes' : 'questions come'} back today, from all lessons and from here.`
            : answered > 0 ? 'Nothing is due today.' : 'What you answer, here or in a lesson, comes back after some days. Then it is asked here.';
    };
    follow(update);

    async function go() {
        const ids = waiting();
        start.disabled = true;
        const pages = [...new Set(ids.map(id => pageOf.get(id)).filter(Boolean))];
        const fetched = new Map((await Promise.all(pages.map(fetchQuestions))).flat());
        start.disabled = false;
        const some = ids.map(id => own.find(question => question.id === id) ?? borrowed(fetched.get(id), place)).filter(Boolean);
        if (some.length === 0) {
            said.textContent = 'These questions cannot be fetched now: there is no network, and the book is not on this device yet.';
            return;
        }
        begin(some, done => {
            for (const question of some) if (place.contains(question.article)) question.leave();
            update();
            said.prepend(`${inWords(done)} `);
            goTo(box);
        });
    }
    return box;
}

/** The questions of a lesson by their ids; none when its page cannot be had. */
async function fetchQuestions(page) {
    try {
        const answer = await fetch(new URL(`${page}.html`, root));
        const html = new DOMParser().parseFromString(await answer.text(), 'text/html');
        return [...html.querySelectorAll('.sl-question')].map(article => [article.id.replace(/^question-/, ''), article]);
    } catch {
        return [];
    }
}

function borrowed(article, place) {
    if (!article) return undefined;
    place.append(document.adoptNode(article));
    tabs.within(article);
    reach.within(article);
    // As mdBook does for what was on the page from the beginning.
    for (const code of article.querySelectorAll('code')) {
        if (code.matches('pre > [class*=language-]')) globalThis.hljs?.highlightBlock(code);
        code.classList.add('hljs');
    }
    const question = new Question(article);
    question.hide();
    return question;
}

const ANY = '';

/** By topic, by level, by what is known of it; one after another, or all of them. */
function choice(own, begin) {
    const levels = ['junior', 'mid', 'senior'];
    const topics = [...new Set(own.map(({ key }) => key.topic))].sort();
    const pick = (name, label, options) => {
        const select = make('select', { id: `ask-${name}` }, ...options.map(([value, text]) => make('option', { value }, text)));
        select.addEventListener('change', update);
        return { select, box: make('p', { class: 'sl-field' }, make('label', { for: select.id }, label), select) };
    };
    const topic = pick('topic', 'Topic', [[ANY, 'all topics'], ...topics.map(name => [name, name])]);
    const level = pick('level', 'Level', [[ANY, 'all levels'], ...levels.map(name => [name, name])]);
    const state = pick('state', 'Which', [[ANY, 'all'], ['new', 'not answered yet'], ['wrong', 'wrong the last time']]);
    const count = make('p', { role: 'status' });
    const one = button('Ask one by one', () => begin(chosen(), done => {
        update();
        count.prepend(`${inWords(done)} `);
        goTo(box);
    }), { class: 'sl-button sl-main' });
    const all = button('Show them all', () => {
        const some = chosen();
        for (const question of own) question.hide();
        showAll(some);
        goTo(some[0].article);
    });
    const box = make('section', { class: 'sl-panel', 'aria-labelledby': 'ask-me' }, make('h2', { id: 'ask-me' }, 'Ask me'),
        make('div', { class: 'sl-parts' }, topic.box, level.box, state.box), count, make('div', { class: 'sl-buttons' }, one, all));

    function chosen() {
        const stored = load();
        const fits = { [ANY]: () => true, new: id => !known(id, stored), wrong: id => known(id, stored)?.right === false }[state.select.value];
        return own.filter(({ id, key }) => [ANY, key.topic].includes(topic.select.value) && [ANY, key.level].includes(level.select.value) && fits(id));
    }

    function update() {
        const { length } = chosen();
        count.textContent = length === 0 ? 'No question fits.' : `${length} ${length === 1 ? 'question' : 'questions'}.`;
        one.disabled = all.disabled = length === 0;
    }
    follow(update);
    return box;
}

/** Each lesson, the interview, and all of it. */
function results(own, lessons) {
    const sets = [
        ...lessons.map(({ page, title, questions }) => ({ name: make('a', { href: new URL(`${page}.html`, root).href }, title), ids: questions })),
        { name: 'Interview', ids: own.map(({ id }) => id) },
    ];
    const total = make('p');
    const rows = sets.map(({ name, ids }) => {
        const [answered, right] = [make('td'), make('td')];
        return { ids, answered, right, row: make('tr', {}, make('th', { scope: 'row' }, name), make('td', {}, `${ids.length}`), answered, right) };
    });
    const head = ['Lesson', 'Questions', 'Answered', 'Right'].map(title => make('th', { scope: 'col' }, title));
    const table = make('table', {}, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...rows.map(({ row }) => row)));
    follow(state => {
        for (const { ids, answered, right } of rows) {
            const score = tally(ids, state);
            answered.textContent = score.answered;
            right.textContent = score.right;
        }
        const { of, answered, right } = tally(sets.flatMap(({ ids }) => ids), state);
        total.textContent = `${answered} of ${of} questions answered, ${right} of them right the last time.`;
    });
    return make('section', { class: 'sl-panel', 'aria-labelledby': 'your-results' }, make('h2', { id: 'your-results' }, 'Your results'), total,
        make('details', {}, make('summary', {}, 'Lesson by lesson'), make('div', { class: 'table-wrapper' }, table)));
}

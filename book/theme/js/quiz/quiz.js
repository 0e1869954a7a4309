// The quiz of a lesson: folded behind a button, then one question after another. Begin reading here; `interview.js` is
// the page of the interview.

import { button, make } from '../page.js';
import { follow } from '../store.js';
import { ask, goTo, inWords, showAll } from './ask.js';
import { interview } from './interview.js';
import { Question } from './question.js';
import { known, tally } from './scores.js';

function lesson(section) {
    const questions = [...section.querySelectorAll('.sl-question')].map(article => new Question(article));
    const menu = make('div', { class: 'sl-quiz-menu', role: 'group', 'aria-label': 'Quiz of this lesson' });
    const came = make('p', { class: 'sl-verdict' });
    const said = make('p');
    const buttons = make('div', { class: 'sl-buttons' });
    menu.append(came, said, buttons);
    section.querySelector('.sl-quiz-about').after(menu);

    const begin = some => {
        for (const question of questions) question.hide();
        menu.hidden = true;
        ask(some, results => {
            menu.hidden = false;
            came.textContent = inWords(results);
            goTo(menu);
        });
    };
    const all = () => {
        showAll(questions);
        goTo(questions[0].article);
    };
    follow(state => {
        const { of, answered, right } = tally(questions.map(({ id }) => id), state);
        const wrong = questions.filter(({ id }) => known(id, state)?.right === false);
        const left = questions.filter(({ id }) => !known(id, state));
        said.textContent = answered === 0 ? '' : `You have answered ${answered} of ${of} questions, ${right} of them right the last time.`;
        const offers = [
            left.length > 0 && [answered > 0 ? `Go on (${left.length} left)` : 'Start', () => begin(left)],
            wrong.length > 0 && [`Try the wrong ones again (${wrong.length})`, () => begin(wrong)],
            answered > 0 && ['All from the beginning', () => begin(questions)],
            ['Show all', all],
        ].filter(Boolean);
        buttons.replaceChildren(...offers.map(([text, act], at) => button(text, act, { class: at === 0 ? 'sl-button sl-main' : 'sl-button' })));
    });
    for (const question of questions) question.hide();
    toTheOneInTheAddress(questions);
}

/** A link may lead to one question: `07_rooms.html#question-ID`. */
function toTheOneInTheAddress(questions) {
    const wanted = questions.find(({ article }) => `#${article.id}` === location.hash);
    if (!wanted) return;
    showAll([wanted]);
    wanted.article.scrollIntoView();
}

export function start() {
    for (const section of document.querySelectorAll('.sl-quiz')) {
        if (section.dataset.interview) interview(section);
        else if (section.querySelector('.sl-question')) lesson(section);
    }
}

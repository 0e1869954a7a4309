// Several questions: one after another, or all below one another.

import { button } from '../page.js';

/**
 * Asks one after another. `end(results)` gets `[{ question, right }]` of those that were answered, when the last one was
 * or when the reader stops.
 */
export function ask(questions, end) {
    const results = new Map();
    let now = 0;
    const stop = button('Stop', leave);

    function leave() {
        stop.remove();
        questions[now].hide();
        end([...results].map(([question, right]) => ({ question, right })));
    }

    function show(at) {
        questions[now].hide();
        now = at;
        const question = questions[now];
        const isLast = now === questions.length - 1;
        question.reset();
        question.then({
            next: isLast ? 'See the result' : 'Next question',
            onward: () => (isLast ? leave() : show(now + 1)),
            answered: right => { results.set(question, right); },
        });
        question.show(now + 1, questions.length);
        question.buttons.append(stop);
        goTo(question.article);
    }
    show(0);
}

/** Shows all of them, each for itself. */
export function showAll(questions) {
    questions.forEach((question, at) => {
        question.reset();
        question.then({ next: 'Try again', onward: () => question.reset() });
        question.show(at + 1, questions.length);
    });
}

/** What came of a round. */
export function inWords(results) {
    return results.length === 0 ? '' : `${results.filter(({ right }) => right).length} of ${results.length} right.`;
}

/** Puts the focus there, and brings its beginning to the eye if it is out of sight. */
export function goTo(element) {
    element.tabIndex = -1;
    element.focus({ preventScroll: true });
    const { top, bottom } = element.getBoundingClientRect();
    if (top < 60 || bottom > innerHeight) element.scrollIntoView({ block: bottom - top < innerHeight - 60 && top >= 60 ? 'nearest' : 'start' });
}

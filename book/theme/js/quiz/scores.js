// What this device knows of the questions that were answered on it, by the id of the question: the last result, and when
// the question should come back. `fsrs.js` knows the second.

import { change, load } from '../store.js';
import { createEmptyCard, fsrs, Rating } from './fsrs.js';

// A day is the smallest step: what was wrong comes back at once in its own way, by "try the wrong ones again".
const schedule = fsrs({ enable_short_term: false, enable_fuzz: false });

/** What is known of a question: `{ right, at, asked, missed, card }`; nothing when it was never answered. */
export function known(id, state = load()) {
    const entry = Object.hasOwn(state.questions, id) ? state.questions[id] : undefined;
    return typeof entry?.right === 'boolean' ? entry : undefined;
}

/** Keeps an answer. `before` is what was known before it: a mark that is corrected starts from there again. */
export function record(id, right, before) {
    const now = new Date();
    change(state => {
        state.questions[id] = {
            right,
            at: now.toISOString(),
            asked: count(before?.asked) + 1,
            missed: count(before?.missed) + (right ? 0 : 1),
            card: nextCard(before?.card, right, now),
        };
    });
}

const count = value => (Number.isSafeInteger(value) && value > 0 ? value : 0);

/** A second right answer on the same day says little: its answer has just been read. */
function nextCard(card, right, now) {
    if (right && isDay(card?.last_review, now)) return card;
    const rating = right ? Rating.Good : Rating.Again;
    try {
        return schedule.next(card, now, rating).card;
    } catch {
        // There is none, or it is not one that we have written.
        return schedule.next(createEmptyCard(now), now, rating).card;
    }
}

const isDay = (time, day) => typeof time === 'string' && new Date(time).toDateString() === day.toDateString();

/** How many of these questions are answered, and how many rightly the last time. */
export function tally(ids, state = load()) {
    const answered = ids.map(id => known(id, state)).filter(Boolean);
    return { of: ids.length, answered: answered.length, right: answered.filter(({ right }) => right).length };
}

/** The questions whose day has come, those that wait longest first. */
export function due(state = load(), now = new Date()) {
    const tomorrow = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1);
    return Object.keys(state.questions)
        .map(id => ({ id, day: Date.parse(known(id, state)?.card?.due) }))
        .filter(({ day }) => day < tomorrow)
        .sort((a, b) => a.day - b.day)
        .map(({ id }) => id);
}

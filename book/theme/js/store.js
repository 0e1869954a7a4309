// What this device remembers for its reader: lessons read, choices made, questions answered. One value in localStorage, saved and loaded
// as a file. Lessons are known by their name without the number, so a book whose lessons were edited, renamed in
// their titles or put in another order still finds its marks; what it does not know it keeps.

const KEY = 'socketlings';
const FORMAT = 'socketlings-progress';
const VERSION = 1;

const listeners = new Set();
/** The state that a browser refuses to store: in a private window, or on a full disk. It lives as long as the page. */
let unsaved = null;

function empty() {
    return { format: FORMAT, version: VERSION, read: {}, choices: {}, questions: {} };
}

const isObject = value => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `value` in our shape, whatever it was. */
function tidy(value) {
    const state = { ...empty(), ...(isObject(value) ? value : {}) };
    for (const part of ['read', 'choices', 'questions']) {
        if (!isObject(state[part])) state[part] = {};
    }
    return state;
}

/** The state now. Changing the object changes nothing; use `change`. */
export function load() {
    if (unsaved) return tidy(structuredClone(unsaved));
    try {
        return tidy(JSON.parse(localStorage.getItem(KEY)));
    } catch {
        return empty();
    }
}

/** Lets `edit` change the state, saves it, tells everybody. */
export function change(edit) {
    const state = load();
    edit(state);
    try {
        localStorage.setItem(KEY, JSON.stringify(state));
        unsaved = null;
    } catch {
        // What was stored before can still be read, and is older.
        unsaved = state;
    }
    announce();
}

function announce() {
    for (const listener of listeners) listener(load());
}

/** Calls `listener` with the state now, and after each change in this or another window, until the function that it returns is called. */
export function follow(listener) {
    listeners.add(listener);
    listener(load());
    return () => listeners.delete(listener);
}

globalThis.addEventListener?.('storage', event => {
    if (event.key !== KEY && event.key !== null) return;
    // Another window could save, so what is stored is the newest.
    unsaved = null;
    announce();
});

/** `07_rooms` → `rooms`; nothing for a page that is no lesson. */
export function lessonId(slug) {
    return /^\d+_(.+)$/.exec(slug)?.[1];
}

/** The state as the text of a file. */
export function toFile() {
    return `${JSON.stringify({ ...load(), saved: new Date().toISOString() }, null, 2)}\n`;
}

const makesSense = answer => isObject(answer) && typeof answer.right === 'boolean' && !Number.isNaN(timeOf(answer));

const timeOf = ({ at }) => (typeof at === 'string' ? Date.parse(at) : NaN);

/** Adds what a saved file knows to what this device knows. Returns how many lessons are newly read, and how many answers are new. */
export function fromFile(text) {
    let file;
    try {
        file = JSON.parse(text);
    } catch {
        throw new Error('This file is not one that this book saved. Nothing was changed.');
    }
    if (!isObject(file) || file.format !== FORMAT) {
        throw new Error('This file is not one that this book saved. Nothing was changed.');
    }
    if (!(file.version <= VERSION)) {
        throw new Error('This file was saved by a newer edition of this book. Nothing was changed.');
    }
    const before = Object.keys(load().read).length;
    let answers = 0;
    change(state => {
        const { read, questions, ...rest } = tidy(file);
        delete rest.saved;
        for (const [id, answer] of Object.entries(questions)) {
            if (id === '__proto__' || !makesSense(answer)) continue;
            // Of two answers to a question the later one counts.
            const have = Object.hasOwn(state.questions, id) ? state.questions[id] : undefined;
            if (makesSense(have) && timeOf(have) >= timeOf(answer)) continue;
            state.questions[id] = answer;
            answers += 1;
        }
        for (const [id, day] of Object.entries(read)) {
            if (typeof day === 'string' && !(state.read[id] <= day)) state.read[id] = day;
        }
        fill(state, rest);
    });
    return { lessons: Object.keys(load().read).length - before, answers };
}

/** Writes `from` into `into`, part by part; what only `into` has stays. */
function fill(into, from) {
    for (const [key, value] of Object.entries(from)) {
        if (key === '__proto__') continue;
        if (isObject(value) && isObject(into[key])) fill(into[key], value);
        else into[key] = value;
    }
}

// An answer → what is right in it. The same rules as `grader::quiz::judge` and `normalise`, in the same order; both are
// held to `runner/grader/tests/quiz/verdicts.json`. No page is touched here.

const LETTER = '[\\p{Alphabetic}\\p{N}]';
const STARTS_LIKE_A_WORD = new RegExp(`^${LETTER}`, 'u');
const ENDS_LIKE_A_WORD = new RegExp(`${LETTER}$`, 'u');
/** In the order of the wire. */
const PARTS = ['engine', 'type', 'attachments', 'namespace', 'ack', 'event', 'arguments'];

/**
 * Judges an answer such as `{ choice: 2 }` or `{ hears: ['asha'] }`. `question` is what `press` writes, or the whole
 * model. Returns `{ right, parts, why }`; nothing when the answer is none to this question.
 */
export function judge(question, answer, track = 'javascript') {
    const { kind } = question;
    const [given, ...more] = Object.keys(answer);
    return given === kind && more.length === 0 && Object.hasOwn(KINDS, kind) ? KINDS[kind](question, answer[kind], track) : undefined;
}

const KINDS = { choice, choices, short, order, decode, hears, open };

function choice({ choices }, picked) {
    const found = Number.isInteger(picked) ? choices[picked] : undefined;
    return found && { right: found.right, parts: [], why: found.why ?? null };
}

function choices({ choices: all }, picked) {
    if (!isList(picked, index => Number.isInteger(index) && index >= 0 && index < all.length)) return undefined;
    return allOf(all.map(({ text, right, why }, index) => {
        const isPicked = picked.includes(index);
        return { name: text, right: isPicked === right, ...(isPicked && why !== undefined && { why }) };
    }));
}

function short({ answers, wrong }, typed) {
    if (typeof typed !== 'string') return undefined;
    const plainest = normalise(typed);
    const right = answers.some(answer => normalise(answer) === plainest);
    const known = right ? -1 : knownWrong({ wrong }, typed);
    return { right, parts: [], why: wrong[known]?.why ?? null };
}

/** Which of the likely wrong answers this is; -1 for none. */
export function knownWrong({ wrong }, typed) {
    const plainest = normalise(typed);
    return wrong.findIndex(({ answer }) => normalise(answer) === plainest);
}

function order({ steps }, chosen) {
    const flat = steps.flatMap((group, of) => group.map(step => ({ of, step })));
    const isEachOnce = isList(chosen, Number.isInteger) && chosen.length === flat.length && flat.every((_, index) => chosen.includes(index));
    // A place belongs to a group; any step of that group may stand there.
    return isEachOnce ? allOf(chosen.map((index, place) => ({ name: flat[index].step, right: flat[index].of === flat[place].of }))) : undefined;
}

function decode({ answer: key }, given) {
    const isMap = typeof given === 'object' && given !== null && !Array.isArray(given);
    if (!isMap || !Object.entries(given).every(([part, text]) => PARTS.includes(part) && typeof text === 'string')) return undefined;
    const asked = PARTS.filter(part => Object.hasOwn(key, part));
    return allOf(asked.map(part => ({ name: part, right: isSame(part, key[part], given[part] ?? ''), wanted: key[part] })));
}

/** Whether a part that was typed or chosen is the right one. */
function isSame(part, wanted, given) {
    const text = given.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '');
    switch (part) {
        case 'engine':
        case 'type':
            return small(text) === small(wanted);
        case 'namespace':
            return text === wanted;
        case 'event':
            return unquoted(orNone(text)) === wanted;
        case 'arguments':
            return isAlike(list(wanted), list(text) ?? list(`[${text}]`));
        default:
            return orNone(text) === wanted;
    }
}

/** Small letters, of the 26 only. */
const small = text => text.replace(/[A-Z]/g, letter => letter.toLowerCase());

/** Nothing is `none`, in any capitals. */
const orNone = text => (text === '' || small(text) === 'none' ? 'none' : text);

const unquoted = text => /^(["'`])([^]*)\1$/.exec(text)?.[2] ?? text;

function list(text) {
    try {
        const value = JSON.parse(text);
        return Array.isArray(value) ? value : undefined;
    } catch {
        return undefined;
    }
}

/** Equal as JSON: the order of keys does not count. */
function isAlike(one, other) {
    if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return one === other && one !== undefined;
    const names = Object.keys(one);
    return Array.isArray(one) === Array.isArray(other) && names.length === Object.keys(other).length
        && names.every(name => Object.hasOwn(other, name) && isAlike(one[name], other[name]));
}

function hears({ actors, answer, rust }, picked, track) {
    if (!isList(picked, actor => actors.includes(actor))) return undefined;
    const key = keyOf({ answer, rust }, track);
    return allOf(actors.map(actor => ({ name: actor, right: picked.includes(actor) === key.includes(actor) })));
}

/** Who hears it from the server of a track. */
export function keyOf({ answer, rust }, track) {
    return track === 'rust' && rust ? rust : answer;
}

function open({ points }, typed) {
    if (typeof typed !== 'string') return undefined;
    const text = plain(typed);
    const parts = points.map(({ point, words }) => ({ name: point, right: words.some(all => all.every(word => hasWord(text, plain(word)))) }));
    const counted = parts.filter(({ right }) => right).length;
    return { right: counted * 3 >= parts.length * 2, parts, why: null };
}

const isList = (value, fits) => Array.isArray(value) && value.every(fits);

/** Right when every part is. */
const allOf = parts => ({ right: parts.every(({ right }) => right), parts, why: null });

/**
 * A short answer in its plainest form: curly quotes are straight, runs of white space are one space, capitals are small;
 * then, as often as it applies, white space at the ends, a final `.`, `;` or `()`, and a pair of quotes go away.
 */
export function normalise(answer) {
    let rest = plain(answer);
    for (;;) {
        const before = rest;
        rest = rest.replace(/^ +| +$/g, '');
        for (const end of ['.', ';', '()']) {
            if (rest.endsWith(end)) rest = rest.slice(0, -end.length);
        }
        for (const quote of '"\'`') {
            if (rest.length > 1 && rest.startsWith(quote) && rest.endsWith(quote)) rest = rest.slice(1, -1);
        }
        if (rest === before) return rest;
    }
}

/** Straight quotes, single spaces, small letters. */
function plain(text) {
    return text.replace(/[\u2018\u2019]/g, '\'').replace(/[\u201c\u201d]/g, '"').replace(/[\p{White_Space}\ufeff]+/gu, ' ').toLowerCase();
}

/** Whether a word, or several in a row, begins at the beginning of a word of the text. Both are plain. */
function hasWord(text, word) {
    const wanted = word.replace(/^ +| +$/g, '');
    const anywhere = !STARTS_LIKE_A_WORD.test(wanted);
    for (let at = text.indexOf(wanted); wanted && at >= 0; at = text.indexOf(wanted, at + 1)) {
        if (anywhere || !ENDS_LIKE_A_WORD.test(text.slice(0, at))) return true;
    }
    return false;
}

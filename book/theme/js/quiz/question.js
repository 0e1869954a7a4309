// One question on the page: from its form to an answer, and from the verdict to what is seen and heard of it.

import { button, make } from '../page.js';
import { follow, load } from '../store.js';
import { judge, keyOf, knownWrong } from './judge.js';
import { known, record } from './scores.js';

const SIGNS = { right: '✓ right', wrong: '✗ wrong', missed: '✓ this one', there: '✓ named', not: '✗ not named' };
/** Who holds a key down does not mean the next question. */
const PATIENCE = 400;

const track = () => (load().choices.language === 'rust' ? 'rust' : 'javascript');

export class Question {
    /** `article` is what `press` has written. */
    constructor(article) {
        this.article = article;
        this.key = JSON.parse(article.dataset.question);
        this.id = this.key.id;
        this.form = article.querySelector('form');
        this.number = article.querySelector('.sl-question-number');
        this.tried = false;
        this.result = make('div', { class: 'sl-result', role: 'status' });
        this.check = make('button', { type: 'submit', form: this.form.id, class: 'sl-button sl-main' });
        this.buttons = make('div', { class: 'sl-buttons' }, this.check);
        const folded = article.querySelector('.sl-answer');
        folded.querySelector('summary').remove();
        this.answer = make('div', { class: 'sl-answer' }, ...folded.childNodes);
        folded.replaceWith(this.result, this.answer, this.buttons);
        this.form.addEventListener('submit', event => {
            event.preventDefault();
            if (!this.tried) this.judge();
            else if (event.timeStamp - this.since > PATIENCE) this.onward();
        });
        if (this.key.kind === 'order') this.movable();
        if (this.key.kind === 'hears') this.nobodyAlone();
        const server = article.querySelector('.sl-server');
        const unfollow = server && follow(() => { server.textContent = `The server is ${track() === 'rust' ? 'socketioxide, in Rust' : 'socket.io, on Node'}.`; });
        /** Lets go of it, when it leaves the page. */
        this.leave = () => {
            unfollow?.();
            article.remove();
        };
        this.reset();
    }

    /** What happens at an answer, and when its reader goes on; `next` is the word on the button. */
    then({ next, onward, answered = () => {} }) {
        Object.assign(this, { next, onward, answered });
        if (this.tried) this.check.textContent = next;
    }

    /** Shows it as question `at` of `of`. */
    show(at, of) {
        this.number.textContent = `Question ${at} of ${of}`;
        this.article.setAttribute('aria-label', this.number.textContent);
        this.article.hidden = false;
    }

    hide() {
        this.article.hidden = true;
    }

    /** As it was before any answer. */
    reset() {
        this.tried = false;
        this.form.reset();
        this.lock(false);
        this.article.querySelectorAll('.sl-sign, .sl-self').forEach(element => element.remove());
        this.article.querySelectorAll('[data-mark]').forEach(element => delete element.dataset.mark);
        delete this.article.dataset.result;
        this.result.replaceChildren();
        this.answer.hidden = true;
        this.check.textContent = 'Check';
    }

    lock(disabled) {
        for (const control of this.form.elements) {
            if (control !== this.check) control.disabled = disabled;
        }
    }

    /** The answer in the form, or a word about what is missing. */
    read() {
        const { kind } = this.key;
        const field = name => this.form.elements[name];
        const picked = (name = 'pick') => [...this.form.querySelectorAll(`[name=${name}]:checked`)].map(({ value }) => value);
        switch (kind) {
            case 'choice':
                return picked().length > 0 ? { choice: Number(picked()[0]) } : 'Choose one first.';
            case 'choices':
                return picked().length > 0 ? { choices: picked().map(Number) } : 'Choose at least one first.';
            case 'hears':
                return picked().length + picked('nobody').length > 0 ? { hears: picked() } : 'Choose all who hear it, or nobody, first.';
            case 'order':
                return { order: this.steps().map(({ dataset }) => Number(dataset.step)) };
            case 'decode': {
                const given = Object.fromEntries(Object.keys(this.key.answer).map(part => [part, field(part).value]));
                return Object.values(given).some(text => text.trim()) ? { decode: given } : 'Write what you see first.';
            }
            default:
                return field('typed').value.trim() ? { [kind]: field('typed').value } : 'Write an answer first.';
        }
    }

    judge() {
        const answer = this.read();
        if (typeof answer === 'string') {
            // Said again when it is asked for again.
            this.result.replaceChildren();
            this.result.append(make('p', {}, answer));
            return;
        }
        this.on = track();
        const outcome = judge(this.key, answer, this.on);
        this.before = known(this.id);
        record(this.id, outcome.right, this.before);
        this.tried = true;
        this.since = performance.now();
        if (this.form.contains(document.activeElement)) this.check.focus({ preventScroll: true });
        this.lock(true);
        this.mark(outcome, answer);
        this.say(outcome, answer);
        this.answer.hidden = false;
        this.check.textContent = this.next;
        this.answered(outcome.right);
        this.result.scrollIntoView({ block: 'nearest' });
    }

    /** Signs beside each part of the answer. */
    mark({ right, parts }, answer) {
        this.article.dataset.result = right ? 'right' : 'wrong';
        const sign = (element, name, text = SIGNS[name]) => {
            element.dataset.mark = name;
            element.append(make('span', { class: 'sl-sign' }, text));
        };
        switch (this.key.kind) {
            case 'choice':
            case 'choices':
            case 'hears':
                for (const input of this.form.querySelectorAll('input')) {
                    const wanted = this.wants(input);
                    if (input.checked) sign(input.parentElement, wanted ? 'right' : 'wrong');
                    else if (wanted) sign(input.parentElement, 'missed');
                }
                break;
            case 'order':
                this.steps().forEach((step, at) => sign(step, parts[at].right ? 'right' : 'wrong', parts[at].right ? undefined : '✗ not here'));
                break;
            case 'decode':
                for (const { name, right: isRight, wanted } of parts) {
                    const field = this.form.elements[name].parentElement;
                    sign(field, isRight ? 'right' : 'wrong', isRight ? undefined : '✗ it is ');
                    if (!isRight) field.lastChild.append(make('code', {}, wanted));
                }
                break;
            case 'open':
                this.answer.querySelectorAll('.sl-points > li').forEach((point, at) => sign(point, parts[at].right ? 'there' : 'not'));
                break;
            default:
                sign(this.form.elements.typed.parentElement, right ? 'right' : 'wrong');
        }
    }

    /** Whether a choice or an actor has to be picked, or nobody. */
    wants({ name, value }) {
        const { kind, choices } = this.key;
        if (kind !== 'hears') return choices[Number(value)].right;
        const key = keyOf(this.key, this.on);
        return name === 'nobody' ? key.length === 0 : key.includes(value);
    }

    /** The result in words, for everybody; a screen reader reads it as it comes. */
    say(outcome, answer) {
        const { kind, choices } = this.key;
        const { right, parts } = outcome;
        const good = parts.filter(part => part.right).length;
        const words = { order: 'in their place', decode: 'right' }[kind];
        const lines = [make('p', { class: 'sl-verdict' }, right ? '✓ Right.' : '✗ Not right.')];
        if (kind === 'open') {
            lines[0].textContent = `${right ? '✓' : '✗'} You name ${good} of ${parts.length} points. ${right ? 'That is enough.' : `${Math.ceil(parts.length * 2 / 3)} are enough.`}`;
            this.selfMark(right);
        } else if (!right && words) {
            lines[0].append(` ${good} of ${parts.length} are ${words}.`);
        } else if (!right && kind === 'hears') {
            lines[0].append(` ${this.misheard(parts, answer)}`);
        } else if (!right && kind === 'choices') {
            const extra = answer.choices.filter(index => !choices[index].right).length;
            const missing = parts.length - good - extra;
            lines[0].append([[missing, 'missing'], [extra, 'too many']].map(([count, what]) => (count > 0 ? ` ${count} ${count === 1 ? 'is' : 'are'} ${what}.` : '')).join(''));
        }
        lines.push(...this.whys(answer));
        this.result.replaceChildren(...lines);
    }

    /** Why those that were picked, or what was typed, are wrong. */
    whys(answer) {
        const { kind, choices } = this.key;
        const wrong = {
            choice: () => [answer.choice].filter(index => !choices[index].right),
            choices: () => answer.choices.filter(index => !choices[index].right),
            short: () => [this.article.dataset.result === 'right' ? -1 : knownWrong(this.key, answer.short)],
        }[kind]?.() ?? [];
        return wrong.flatMap(index => {
            const item = this.answer.querySelector(`[data-why="${index}"]`);
            if (!item) return [];
            const parts = wrong.length > 1 ? [...item.childNodes] : [item.querySelector('.sl-why')];
            return [make('p', {}, ...parts.map(part => part.cloneNode(true)))];
        });
    }

    misheard(parts, { hears }) {
        const name = actor => actor.charAt(0).toUpperCase() + actor.slice(1);
        const list = names => [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ');
        const off = parts.filter(({ right }) => !right).map(part => part.name);
        const missed = off.filter(actor => !hears.includes(actor)).map(name);
        const extra = off.filter(actor => hears.includes(actor)).map(name);
        if (missed.length === 0 && extra.length === hears.length) return 'Nobody hears it.';
        return [
            missed.length > 0 && `${list(missed)} ${missed.length > 1 ? 'hear' : 'hears'} it${hears.length > extra.length ? ', too' : ''}.`,
            extra.length > 0 && `${list(extra)} ${extra.length > 1 ? 'do' : 'does'} not.`,
        ].filter(Boolean).join(' ');
    }

    /** Words can be found by a program, meaning by their writer only. */
    selfMark(right) {
        const choose = isRight => {
            record(this.id, isRight, this.before);
            this.article.dataset.result = isRight ? 'right' : 'wrong';
            this.result.querySelector('.sl-verdict').textContent = isRight ? '✓ Right, by your own mark.' : '✗ Not right yet, by your own mark.';
            this.answered(isRight);
        };
        const choice = (isRight, text) => make('label', {},
            make('input', { type: 'radio', name: `${this.id}-self`, checked: isRight === right, onchange: () => choose(isRight) }), ` ${text}`);
        this.answer.querySelector('.sl-model').after(make('fieldset', { class: 'sl-self' },
            make('legend', {}, 'Set yours beside it. Does it say the same?'), choice(true, 'Yes'), choice(false, 'Not yet')));
    }

    /** Nobody and somebody is no answer: who ticks the one takes back the other. */
    nobodyAlone() {
        this.form.addEventListener('change', ({ target }) => {
            if (!target.checked) return;
            for (const input of this.form.querySelectorAll(target.name === 'nobody' ? '[name=pick]' : '[name=nobody]')) input.checked = false;
        });
    }

    steps() {
        return [...this.form.querySelectorAll('.sl-steps > li')];
    }

    /** Buttons that move the steps, and a word for those who do not see it. */
    movable() {
        const told = make('p', { class: 'sl-hidden', role: 'status' });
        const first = this.steps();
        const move = (step, by) => {
            const steps = this.steps();
            const to = steps.indexOf(step) + by;
            if (to < 0 || to >= steps.length) return;
            const pressed = document.activeElement;
            if (by < 0) steps[to].before(step);
            else steps[to].after(step);
            pressed.focus({ preventScroll: true });
            told.textContent = `Now step ${to + 1} of ${steps.length}`;
            ends();
        };
        // Not disabled, which would take the focus away at the end of the way.
        const ends = () => this.steps().forEach((step, at, all) => {
            const [up, down] = step.querySelectorAll('button');
            up.ariaDisabled = at === 0;
            down.ariaDisabled = at === all.length - 1;
        });
        for (const step of first) {
            const name = step.querySelector('.sl-step').textContent;
            step.append(make('span', { class: 'sl-moves' },
                button('↑', () => move(step, -1), { class: 'sl-button', 'aria-label': `Up: ${name}` }),
                button('↓', () => move(step, 1), { class: 'sl-button', 'aria-label': `Down: ${name}` })));
        }
        const list = first[0].parentElement;
        list.after(told);
        this.form.addEventListener('reset', () => {
            list.append(...first);
            ends();
        });
    }
}

// A trace can be gone through packet by packet. Until somebody asks for it, and on paper, all packets are there.

import { button, make } from './page.js';

function build(figure) {
    const frames = [...figure.querySelectorAll('.sl-frame')];
    if (frames.length < 2) return;
    let now = null;

    const count = make('span');
    const aloud = make('span', { class: 'sl-hidden' });
    const where = make('output', { class: 'sl-only-on' }, count, ' ', aloud);
    const start = button('Step through', () => go(0));
    const back = button('Back', () => go(now - 1), { class: 'sl-button sl-only-on' });
    const next = button('Next packet', () => go(now + 1), { class: 'sl-button sl-only-on' });
    const all = button('Show all', () => go(null), { class: 'sl-button sl-only-on' });
    const bar = make('div', { class: 'sl-stepper', role: 'group', 'aria-label': 'Step through the packets' }, start, back, next, all, where);

    function go(to) {
        const began = now === null;
        now = to;
        bar.toggleAttribute('data-on', now !== null);
        start.hidden = now !== null;
        frames.forEach((frame, at) => {
            if (now === null) delete frame.dataset.step;
            else frame.dataset.step = at < now ? 'before' : at === now ? 'now' : 'later';
        });
        back.disabled = now === 0;
        next.disabled = now === frames.length - 1;
        count.textContent = now === null ? '' : `Packet ${now + 1} of ${frames.length}`;
        aloud.textContent = now === null ? '' : spoken(frames[now]);
        if (now === null) start.focus();
        else if (began || document.activeElement?.disabled) (next.disabled ? back : next).focus();
    }

    bar.addEventListener('keydown', event => {
        if (now === null || event.altKey || event.ctrlKey || event.metaKey) return;
        const last = frames.length - 1;
        const to = { ArrowRight: now + 1, ArrowLeft: now - 1, Home: 0, End: last, Escape: null }[event.key];
        if (to === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        go(to === null ? null : Math.min(last, Math.max(0, to)));
    });
    figure.append(bar);
}

/** For those who listen: what the step brought. */
function spoken(frame) {
    const part = name => frame.querySelector(name);
    const words = [part('.sl-actor')?.textContent, part('.sl-arrow')?.getAttribute('aria-label'), part('.sl-words')?.textContent];
    return words.filter(Boolean).join(' ');
}

export function start() {
    document.querySelectorAll('.sl-trace').forEach(build);
}

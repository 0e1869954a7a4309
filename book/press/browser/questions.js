// The questions of the built book, read from its pages as a browser reads them.

/** Every question of a page that is open: `{ id, kind, key }`. */
export function questionsOf(page) {
    return page.evaluate(() => [...document.querySelectorAll('.sl-question')].map(({ dataset }) => {
        const key = JSON.parse(dataset.question);
        return { id: key.id, kind: key.kind, key };
    }));
}

/** The right answer, from what the page judges with. */
export function rightAnswer({ kind, choices, answers, steps, answer, rust, points }, track = 'javascript') {
    const right = () => choices.flatMap((choice, index) => (choice.right ? [index] : []));
    switch (kind) {
        case 'choice': return { choice: right()[0] };
        case 'choices': return { choices: right() };
        case 'short': return { short: answers[0] };
        case 'order': return { order: steps.flat().map((_, index) => index) };
        case 'decode': return { decode: answer };
        case 'hears': return { hears: track === 'rust' && rust ? rust : answer };
        default: return { open: points.map(({ words }) => words[0].join(' ')).join(', ') };
    }
}

const OTHERS = { engine: ['noop', 'close'], type: ['ACK', 'EVENT'] };

/** An answer that is wrong. */
export function wrongAnswer(key) {
    const { kind, choices, steps, answer, actors } = key;
    const all = choices?.map((_, index) => index);
    switch (kind) {
        case 'choice': return { choice: choices.findIndex(({ right }) => !right) };
        case 'choices': return { choices: all.filter(index => !choices[index].right) };
        case 'short': return { short: 'no idea' };
        case 'order': return { order: steps.flat().map((_, index) => index).reverse() };
        case 'decode': return { decode: Object.fromEntries(Object.entries(answer).map(([part, right]) => [part, OTHERS[part]?.find(other => other !== right) ?? 'x'])) };
        case 'hears': return { hears: actors.filter(actor => !answer.includes(actor)) };
        default: return { open: 'no idea' };
    }
}

/** Puts an answer into the form of a question that is shown, and presses Check. */
export function give(page, id, answer) {
    return page.evaluate(([wanted, given]) => {
        const article = document.getElementById(`question-${wanted}`);
        const form = article.querySelector('form');
        const [kind, value] = Object.entries(given)[0];
        if (kind === 'order') {
            const steps = value.map(step => form.querySelector(`[data-step="${step}"]`));
            steps[0].parentElement.append(...steps);
        } else if (kind === 'decode') {
            for (const [part, text] of Object.entries(value)) form.elements[part].value = text;
        } else if (typeof value === 'string') {
            form.elements.typed.value = value;
        } else {
            const picked = [value].flat().map(String);
            for (const input of form.querySelectorAll('[name=pick]')) input.checked = picked.includes(input.value);
            if (kind === 'hears') form.elements.nobody.checked = picked.length === 0;
        }
        form.requestSubmit();
        return article.dataset.result;
    }, [id, answer]);
}

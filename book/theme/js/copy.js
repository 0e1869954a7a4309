// A button beside each command that copies it. Without JavaScript the command can be selected.

import { button, make } from './page.js';

function build(place) {
    const code = place.querySelector('code') ?? place;
    const said = make('span', { class: 'sl-hidden', role: 'status' });
    const copy = button('Copy', async () => {
        try {
            await navigator.clipboard.writeText(code.textContent.trim());
            copy.textContent = said.textContent = 'Copied';
        } catch {
            getSelection().selectAllChildren(code);
            copy.textContent = said.textContent = 'Selected: press Ctrl+C';
        }
        setTimeout(() => { copy.textContent = 'Copy'; said.textContent = ''; }, 2000);
    }, { class: 'sl-button sl-copy', 'aria-label': undefined });
    place.append(copy, said);
}

export function start() {
    document.querySelectorAll('.sl-command').forEach(build);
}

// How a page looks: nothing sticks out at the side, and axe finds nothing.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { expect, same, until } from './tally.js';

/** To be evaluated in a page before `accessible`. */
export const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The page does not scroll sideways, and nothing in it sticks out. */
export async function fits(page, scheme) {
    const dark = () => page.evaluate(() => document.documentElement.classList.contains('dark'));
    await until(async () => await dark() === (scheme === 'dark'), `the page is ${scheme}`);
    const result = await page.evaluate(() => {
        const wide = innerWidth;
        const scrolls = element => {
            for (let at = element.parentElement; at; at = at.parentElement) {
                if (/auto|scroll/.test(getComputedStyle(at).overflowX)) return true;
            }
            return false;
        };
        const out = [...document.querySelectorAll('main *, header *, .sl-turn *')]
            .filter(element => {
                const { right, left, width } = element.getBoundingClientRect();
                return width > 1 && (right > wide + 1 || left < -1) && !element.closest('svg svg, .sl-hidden') && !scrolls(element);
            })
            .slice(0, 3)
            .map(element => element.outerHTML.slice(0, 160));
        return { by: document.scrollingElement.scrollWidth - wide, out };
    });
    expect(result.by <= 0, `the page is ${result.by} px too wide`);
    same(result.out.join('\n'), '', 'elements that stick out');
}

/** No button for copying lies on what it copies, or on the name of its file; each can be seen and pressed. */
export async function uncovered(page) {
    const { count, wrong } = await page.evaluate(() => {
        const buttons = [...document.querySelectorAll('main pre > .buttons button')].filter(button => button.checkVisibility());
        const rects = element => {
            const range = document.createRange();
            range.selectNodeContents(element);
            return [...range.getClientRects()];
        };
        const meet = (one, other) => one.left < other.right - 1 && other.left < one.right - 1 && one.top < other.bottom - 1 && other.top < one.bottom - 1;
        const wrong = buttons.flatMap(button => {
            const pre = button.closest('pre');
            const at = button.getBoundingClientRect();
            const file = pre.parentElement.querySelector(':scope > .sl-tab-name > .sl-file');
            const faults = [
                // What scrolls may come to lie anywhere in its box.
                [...pre.querySelectorAll(':scope > code')].some(code => meet(at, code.getBoundingClientRect())) && 'lies on the code',
                file && rects(file).some(rect => meet(at, rect)) && 'lies on the file\'s name',
                (at.width < 24 || at.height < 24 || at.left < 0 || at.right > innerWidth) && 'cannot be pressed',
                getComputedStyle(button.parentElement).opacity !== '1' && 'cannot be seen',
            ].filter(Boolean);
            return faults.map(fault => `${fault}: ${pre.textContent.slice(0, 60)}`);
        });
        return { count: buttons.length, wrong: wrong.slice(0, 3) };
    });
    same(wrong.join('\n'), '', 'buttons');
    return count;
}

/** All rules in light; in dark those that look at colours, since nothing else differs. */
export async function accessible(page, scheme) {
    const runOnly = scheme === 'dark' ? ['color-contrast', 'link-in-text-block'] : undefined;
    const violations = await page.evaluate(async rules => {
        const { violations } = await window.axe.run(document, { resultTypes: ['violations'], ...(rules && { runOnly: rules }) });
        return violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.slice(0, 4).map(node => `  ${node.html.slice(0, 200)}\n    ${node.failureSummary?.split('\n').slice(1, 3).join(' ')}`).join('\n')}`);
    }, runOnly);
    same(violations.length, 0, `violations\n${violations.join('\n')}\ncount`);
}

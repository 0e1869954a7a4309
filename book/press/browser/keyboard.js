// What a person without a mouse does.

/** Presses Tab until what has the focus matches, as a person would. */
export async function tabTo(page, selector, most = 250) {
    for (let count = 0; count < most; count += 1) {
        await page.keyboard.press('Tab');
        if (await page.evaluate(wanted => document.activeElement?.matches(wanted), selector)) return;
    }
    throw new Error(`pressing Tab ${most} times does not reach ${selector}`);
}

/** Puts the focus just before `selector`, so that long pages do not need hundreds of Tabs. */
export async function near(page, selector) {
    await page.evaluate(wanted => {
        const start = document.createElement('span');
        start.tabIndex = -1;
        document.querySelector(wanted).before(start);
        start.focus();
    }, selector);
}

/** Whether what matches has the focus. */
export const focused = (page, selector) => page.evaluate(wanted => document.activeElement?.matches(wanted) ?? false, selector);

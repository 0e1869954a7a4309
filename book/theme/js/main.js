// Where the page comes to life. Each part stands alone: one that fails leaves the others, and the text, as they are.

import * as menus from './menus.js';
import * as offline from './offline.js';
import { slug } from './page.js';
import * as progress from './progress.js';
import * as reach from './reach.js';
import * as tabs from './tabs.js';
import * as trace from './trace.js';

for (const part of [menus, tabs, trace, progress, reach, offline]) {
    try {
        part.start();
    } catch (error) {
        console.error(error);
    }
}
// What only some pages need.
if (document.querySelector('.sl-question') && slug !== 'print') {
    try {
        (await import('./quiz/quiz.js')).start();
    } catch (error) {
        console.error(error);
    }
}
document.documentElement.dataset.ready = 'yes';

// The part of the page's host that lives in the window: what shows the component, what a person does with it, and what
// a person can read. It is bundled with the libraries once, and kept; the learner's file is bundled each time and gets
// the same libraries. `page.cjs` runs both in each window.

import * as react from 'react';
import * as jsx from 'react/jsx-runtime';
import * as dom from 'react-dom';
import * as client from 'react-dom/client';
import * as socket from 'socket.io-client';
import { Component, StrictMode, createElement } from 'react';
import { render, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';

/** What the learner's file gets when it imports one of these. */
export const libraries = {
  react,
  'react/jsx-runtime': jsx,
  'react-dom': dom,
  'react-dom/client': client,
  'socket.io-client': socket,
};

const KINDS = ['button', 'link', 'tab', 'switch', 'checkbox', 'radio', 'option', 'menuitem'];
// What stands within a line. Every other element begins a new one.
const INLINE = new Set(
  ('A ABBR B BDI BDO CITE CODE DATA DEL DFN EM I INS KBD LABEL MARK OUTPUT Q S SAMP SMALL SPAN STRONG SUB SUP TIME U VAR').split(' '),
);
const UNSEEN = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'NOSCRIPT', 'TEXTAREA', 'DATALIST']);

// An error while rendering or in an effect takes the whole page down, as it would without this boundary. An error in
// a listener does not come here.
class Boundary extends Component {
  state = { fell: false };

  static getDerivedStateFromError() {
    return { fell: true };
  }

  componentDidCatch(error) {
    this.props.caught(error);
  }

  render() {
    return this.state.fell ? null : this.props.children;
  }
}

let program;

/** Takes the learner's file. Answers what it exports by default, if that is no component; nothing if it is one. */
export function take(exported, inspect) {
  program = exported ?? {};
  if (!('default' in program)) return 'it has no default export';
  const is = program.default;
  // `memo` and `forwardRef` make objects, and so does `<p>hello</p>`.
  if (typeof is === 'function' || (is?.$$typeof && !('props' in is))) return undefined;
  return `its default export is ${inspect(is)}`;
}

let shown;
let caught;

const page = (props) =>
  createElement(StrictMode, null, createElement(Boundary, { caught }, createElement(program.default, props)));

export function mount(props, onError) {
  caught = onError;
  shown = render(page(props));
}

export function update(props) {
  shown?.rerender(page(props));
}

export function unmount() {
  shown?.unmount();
  shown = undefined;
}

// user-event remembers what it typed, and does not notice that a form was reset: writing the value tells it.
document.addEventListener('reset', ({ target }) =>
  queueMicrotask(() => {
    for (const field of target.elements) {
      if (field.matches('input:not([type=file]), textarea')) field.value = field.value;
    }
  }),
);

const plain = (text) => text.replace(/\s+/g, ' ').trim().replace(/\s*[:*…]+$/, '').toLowerCase();
const called = (name) => (content) => plain(content) === plain(name);
const isOff = (element) => element.disabled || element.getAttribute('aria-disabled') === 'true';

/** Clicks what has this name. Answers what was in the way: `missing`, `disabled`. */
export async function click(name) {
  const body = within(document.body);
  let target;
  for (const kind of KINDS) {
    target = body.queryAllByRole(kind, { name: called(name) })[0];
    if (target) break;
  }
  target ??= body.queryAllByText(called(name))[0];
  if (!target) return 'missing';
  if (isOff(target)) return 'disabled';
  await userEvent.setup({ delay: null }).click(target);
  return undefined;
}

/** Types a text into the field of this name, after what is in it already. */
export async function type(name, text) {
  const body = within(document.body);
  const isField = (element) => element.matches('input, textarea, [contenteditable]');
  const target =
    body.queryAllByLabelText(called(name)).find(isField) ??
    body.queryAllByPlaceholderText(called(name)).find(isField) ??
    body.queryAllByRole('textbox', { name: called(name) })[0];
  if (!target) return 'missing';
  if (isOff(target)) return 'disabled';
  await userEvent.setup({ delay: null }).type(target, text.replace(/[{[]/g, '$&$&'));
  return undefined;
}

/** What a person can read, line by line. What stands in a field is not among it. */
export function lines() {
  let text = '';
  const read = (node) => {
    if (node.nodeType === 3) {
      text += node.data.replace(/\s+/g, ' ');
      return;
    }
    if (node.nodeType !== 1 || UNSEEN.has(node.tagName) || node.hidden) return;
    if (node.tagName === 'OPTION' && !node.selected) return;
    if (node.style?.display === 'none' || node.style?.visibility === 'hidden') return;
    const apart = node.tagName === 'BR' || !INLINE.has(node.tagName);
    if (apart) text += '\n';
    node.childNodes.forEach(read);
    if (apart) text += '\n';
  };
  read(document.body);
  return text.split('\n').map((line) => line.replace(/ +/g, ' ').trim()).filter(Boolean);
}

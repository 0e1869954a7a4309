// Shows the next edition as soon as there is one, and says what could not be shown in this one.
(() => {
  let seen;
  let changes;
  let bar;

  // A browser opens six connections to a host: a page that nobody sees holds none.
  const listen = () => {
    changes?.close();
    changes = document.hidden ? undefined : new EventSource('/__press/changes');
    if (changes) changes.onmessage = told;
  };

  const told = async ({ data }) => {
    if (seen !== undefined && data !== seen) {
      location.reload();
      return;
    }
    seen = data;
    const problems = await (await fetch('/__press/problems')).json();
    bar?.remove();
    if (problems.length === 0) return;
    bar = document.createElement('details');
    bar.style.cssText =
      'position:fixed;inset:auto 0 0 0;z-index:9999;max-height:50vh;overflow:auto;padding:8px 16px;background:#7a1f1f;color:#fff;font:14px monospace';
    const summary = document.createElement('summary');
    summary.textContent = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    const text = document.createElement('pre');
    text.style.cssText = 'background:none;color:inherit;white-space:pre-wrap;margin:8px 0 0';
    text.textContent = problems.join('\n');
    bar.append(summary, text);
    document.body.append(bar);
  };

  document.addEventListener('visibilitychange', listen);
  addEventListener('pagehide', () => changes?.close());
  addEventListener('pageshow', event => { if (event.persisted) listen(); });
  listen();
})();

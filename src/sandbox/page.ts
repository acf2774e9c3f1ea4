import { html, type Markup } from '../platform/http/markup.ts';
import { renderWebPage } from '../platform/http/web-page.ts';

/** What stands on a page of the sandbox: its title in the browser and what is read. */
export type SandboxPage = { title: string; body: Markup };

/** Needs no script and loads nothing of its own. */
export function renderPage({ title, body }: SandboxPage): string {
  return renderWebPage({ language: { tag: 'en', direction: 'ltr' }, title, style, main: body });
}

export function missingPage(basePath: string): SandboxPage {
  return {
    title: 'Not found',
    body: html`<h1>There is nothing at this address</h1>
<p>What the simulated vendors hold is forgotten when the service stops. <a href="${basePath}/">Sandbox</a></p>`,
  };
}

const style = `
:root {
  color-scheme: light dark; --quiet: light-dark(#566074, #a5afc2); --line: light-dark(#d4d8e0, #3c4452);
  --accent: light-dark(#2450c8, #9db8ff); --on-accent: light-dark(#fff, #0d1730);
}
body {
  margin: 0; padding: 1.5rem 1rem; background: Canvas; color: CanvasText;
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
main { max-width: 56rem; margin: 0 auto; }
h1 { margin: 0 0 0.5rem; font-size: 1.5rem; line-height: 1.3; overflow-wrap: anywhere; }
h2 { margin: 2rem 0 0.5rem; font-size: 1.25rem; line-height: 1.3; }
a { color: var(--accent); }
.quiet { color: var(--quiet); }
table { width: 100%; border-collapse: collapse; }
th, td {
  padding: 0.5rem 0.75rem 0.5rem 0; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top;
  overflow-wrap: anywhere;
}
td form { display: flex; flex-wrap: wrap; gap: 0.5rem; margin: 0; }
.entry { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: end; margin: 1rem 0; }
.entry label { display: grid; font-size: 0.875rem; }
input, select, button { padding: 0.25rem 0.625rem; border: 1px solid var(--line); border-radius: 0.375rem; font: inherit; }
input, select { min-width: 0; max-width: 14rem; background: Field; color: FieldText; }
button { background: transparent; color: var(--accent); cursor: pointer; }
button.resolve { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
:focus-visible { outline: 0.1875rem solid var(--accent); outline-offset: 0.125rem; }
iframe { width: 100%; height: 42rem; border: 1px solid var(--line); border-radius: 0.5rem; }
summary { padding: 0.5rem 0; cursor: pointer; }
dt { font-weight: 600; }
dd { margin: 0 0 0.5rem; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
`;

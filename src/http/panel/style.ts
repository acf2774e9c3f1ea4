/** The one style sheet of the panel's page: as quiet as what it stands beside. */
export const panelStyle = `
:root {
  color-scheme: light dark;
  --ink: #1d2433; --quiet: #566074; --line: #d5d9e2; --accent: #2450c8; --alarm: #b3261e; --ground: #fff;
  --top: #11653b; --middle: #76520a; --bottom: #b3261e;
}
@media (prefers-color-scheme: dark) { :root {
  --ink: #e8ebf2; --quiet: #a5afc2; --line: #3b4352; --accent: #9db8ff; --alarm: #ffb4ab; --ground: #161a22;
  --top: #7fd3a3; --middle: #e5c07b; --bottom: #ffb4ab;
} }
* { box-sizing: border-box; }
body {
  margin: 0; padding: 0.75rem; background: var(--ground); color: var(--ink);
  font: 0.875rem/1.45 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif;
}
h1, h2 { margin: 0 0 0.5rem; font-size: 0.875rem; }
h2 { margin-top: 1rem; padding-top: 0.75rem; border-top: 0.0625rem solid var(--line); }
p { margin: 0 0 0.5rem; }
.quiet { color: var(--quiet); }
.latest { display: flex; align-items: baseline; gap: 0.5rem; flex-wrap: wrap; margin: 0.75rem 0 0; }
.number { font-size: 1.5rem; font-weight: 650; line-height: 1.1; }
.top { color: var(--top); } .middle { color: var(--middle); } .bottom { color: var(--bottom); }
ol { margin: 0; padding: 0; list-style: none; }
li { padding: 0.5rem 0; border-top: 0.0625rem solid var(--line); }
li:first-child { border-top: 0; padding-top: 0; }
blockquote { margin: 0.25rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.buttons { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-top: 0.75rem; }
form { margin: 0; }
button {
  min-height: 2rem; padding: 0.25rem 0.75rem; border: 0.0625rem solid var(--accent); border-radius: 0.375rem;
  background: transparent; color: var(--accent); font: inherit; cursor: pointer;
}
button:disabled { border-color: var(--line); color: var(--quiet); cursor: default; }
:focus-visible { outline: 0.125rem solid var(--ink); outline-offset: 0.125rem; }
.outcome { padding: 0.5rem 0.75rem; border-inline-start: 0.1875rem solid var(--accent); }
.problem { padding: 0.5rem 0.75rem; border-inline-start: 0.1875rem solid var(--alarm); }
`;

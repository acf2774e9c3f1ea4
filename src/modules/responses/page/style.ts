import { createPalette, grounds } from '../../../model/palette.ts';
import { positions } from '../../../model/scale.ts';
import type { Branding } from '../../surveys/index.ts';

/** The colors of the email: the brand's one is made fit for both grounds. */
function colors(color: string | undefined): string {
  const { fill, onFill, ...of } = createPalette(color);
  const shades = (scheme: 'light' | 'dark') => {
    const { page, sheet, ink, quiet } = grounds[scheme];
    return `--ground: ${page}; --sheet: ${sheet}; --ink: ${ink}; --quiet: ${quiet};
  --accent: ${of[scheme].text}; --edge: ${of[scheme].outline};`;
  };
  return `:root {
  color-scheme: light dark; --fill: ${fill}; --on-fill: ${onFill}; --line: #858da0; --alarm: #b3261e;
  ${shades('light')}
}
@media (prefers-color-scheme: dark) { :root { --alarm: #ffb4ab; ${shades('dark')} } }`;
}

/** The button says what will be sent once another number is picked; the selectors name every number of any scale. */
const buttonFollowsChoice = Array.from(
  { length: 11 },
  (_, rating) => `form:has(#rating-${rating}:checked:not([checked])) .send::after { content: attr(data-${rating}); }`,
).join('\n');

/** So does the question about the reason; whether they may be contacted is asked after a low number only. */
const wordsFollowChoice = positions
  .map(
    (position) => `form:has(input.${position}:checked) .why:not(.${position}) { display: none; }
form:has(input.${position}:checked) .why.${position} { display: inline; }
form:has(input.${position}:checked) .contact { display: ${position === 'bottom' ? 'block' : 'none'}; }`,
  )
  .join('\n');

/** The one style sheet of a survey's pages. */
export function pageStyle({ color }: Pick<Branding, 'color'>): string {
  return `\n${colors(color)}${rules}`;
}

const rules = `
* { box-sizing: border-box; }
html { scroll-padding-top: 5rem; }
body {
  margin: 0; padding: 1.5rem 0.75rem; background: var(--ground); color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif;
}
main, footer, nav { max-width: 36rem; margin: 0 auto; padding: 0 1.25rem; overflow-wrap: break-word; }
main { padding-block: 1.75rem; background: var(--sheet); border-radius: 0.75rem; }
.logo { display: block; max-width: 100%; height: auto; margin: 0 0 1.5rem; }
h1 { margin: 0 0 1rem; font-size: 1.375rem; line-height: 1.3; text-wrap: balance; }
p { margin: 0 0 1rem; }
main > :last-child, form > :last-child, fieldset > :last-child { margin-bottom: 0; }
.quiet, .ends, figcaption, footer, nav { color: var(--quiet); font-weight: 400; }
.problem { padding: 0.75rem 1rem; border-inline-start: 0.25rem solid var(--alarm); color: var(--alarm); font-weight: 600; }
.button {
  display: block; width: 100%; min-height: 3.25rem; padding: 0.75rem 1rem; border: 0.125rem solid var(--edge);
  border-radius: 0.5rem; background: var(--fill); color: var(--on-fill); font: inherit; font-size: 1.125rem;
  font-weight: 600; text-align: center; text-decoration: none; cursor: pointer;
}
a.button:not(.first) { background: transparent; color: var(--accent); }
:focus-visible { outline: 0.1875rem solid var(--ink); outline-offset: 0.1875rem; }
fieldset { margin: 0 0 1.5rem; padding: 0; border: 0; min-width: 0; }
legend { padding: 0; margin-bottom: 0.5rem; font-weight: 600; }
legend h1 { margin-bottom: 0.75rem; }
.points { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); gap: 0.375rem; }
.points label { position: relative; display: block; }
.points input { position: absolute; inset: 0; width: 100%; height: 100%; margin: 0; opacity: 0; cursor: pointer; }
.points span {
  display: block; padding: 0.625rem 0; border: 0.0625rem solid var(--line); border-radius: 0.5rem;
  font-size: 1.125rem; font-weight: 600; text-align: center;
}
.points label:hover span { border-color: var(--accent); color: var(--accent); }
.points input:checked + span { border-color: var(--edge); background: var(--fill); color: var(--on-fill); }
.points input:focus-visible + span { outline: 0.1875rem solid var(--ink); outline-offset: 0.1875rem; }
.ends { display: flex; justify-content: space-between; gap: 1rem; margin-top: 0.5rem; font-size: 0.875rem; }
.ends span:last-child { text-align: end; }
.test { padding: 0.5rem 1rem; border: 0.125rem dashed var(--line); border-radius: 0.5rem; color: var(--quiet); }
.choice { display: block; margin: 0 0 1rem; padding: 0.25rem 0; }
.choice[hidden] { display: none; }
.words { display: block; margin-bottom: 0.5rem; font-weight: 600; }
textarea {
  display: block; width: 100%; margin: 0 0 1.5rem; padding: 0.75rem; border: 0.0625rem solid var(--line);
  border-radius: 0.5rem; background: transparent; color: inherit; font: inherit; resize: vertical;
}
textarea[aria-invalid] { border: 0.125rem solid var(--alarm); }
.send:first-child, [type="hidden"] + .send { position: sticky; top: 0.75rem; z-index: 1; margin-bottom: 0.5rem; }
footer, nav { padding-top: 1.25rem; font-size: 0.8125rem; }
footer p { margin-bottom: 0.5rem; }
footer a, nav a, nav button { color: inherit; }
.trademark { font-size: 0.6875rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0 1rem; margin: 0; padding: 0; list-style: none; }
nav li > * { display: inline-block; padding: 0.375rem 0; line-height: 1.25rem; }
nav button { border: 0; background: none; font: inherit; text-decoration: underline; cursor: pointer; }
nav strong { color: var(--ink); font-weight: 600; }
.address { white-space: pre-line; }
.rating { font-size: 1.125rem; font-weight: 600; }
figure { margin: 0 0 1.5rem; }
figcaption { font-size: 0.875rem; }
blockquote { margin: 0.25rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; }
@media (max-width: 30rem) {
  .points-11, .points-10 { grid-auto-flow: row; grid-template-columns: repeat(6, minmax(0, 1fr)); }
  .points-10 { grid-template-columns: repeat(5, minmax(0, 1fr)); }
}
@media (prefers-color-scheme: dark) { .logo { background: #fff; box-shadow: 0 0 0 0.375rem #fff; border-radius: 0.125rem; } }
@media (forced-colors: active) {
  main { border: 0.0625rem solid CanvasText; }
  .points input:checked + span { background: Highlight; color: HighlightText; forced-color-adjust: none; }
  .button { border-color: ButtonText; }
}
form:has(input:checked:not([checked])) .send span { display: none; }
${buttonFollowsChoice}
${wordsFollowChoice}
@supports not selector(:has(a)) {
  .send span { display: none; }
  .send::after { content: attr(data-any); }
}
`;

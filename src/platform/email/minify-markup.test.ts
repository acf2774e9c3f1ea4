import { expect, test } from 'vitest';
import { minifyMarkup } from './minify-markup.ts';

test('indentation goes, and the spaces between words stay', () => {
  const html = `
    <div
       class="a" style="color:#111111;"
    >
      One <b>two</b> <i>three</i> four
      five.
    </div>`;

  expect(minifyMarkup(html)).toBe('<div class="a" style="color:#111111">One <b>two</b> <i>three</i> four five.</div>');
});

test('conditional comments stay whole', () => {
  const html = `<body>
    <!--[if mso | IE]><table width="600" ><tr><td class="" style="width:600px;" ><![endif]-->
    <div>A</div>
    <!--[if mso | IE]></td></tr></table><![endif]-->
    <!--[if !mso]><!-->
    <p>B</p>
    <!--<![endif]-->
  </body>`;

  expect(minifyMarkup(html).replaceAll('\n', '')).toBe(
    [
      '<body><!--[if mso | IE]><table width="600"><tr><td style="width:600px"><![endif]--><div>A</div>',
      '<!--[if mso | IE]></td></tr></table><![endif]--><!--[if !mso]><!--><p>B</p><!--<![endif]--></body>',
    ].join(''),
  );
});

test('a style sheet keeps its selectors, its conditions and its values', () => {
  const html = `<style type="text/css">
    .a > td, .a td div { padding: 0 3px !important; font-family: 'Segoe UI', Arial; }
    @media only screen and (max-width: 480px) {
      .b { color: #111111; }
    }
  </style>`;

  expect(minifyMarkup(html)).toBe(
    `<style type="text/css">.a>td,.a td div{padding:0 3px!important;font-family:'Segoe UI',Arial}@media only screen and (max-width:480px){.b{color:#111111}}</style>`,
  );
});

test('a declaration without a value goes', () => {
  expect(minifyMarkup('<td style="font-family:;color:#111111;">font-family:;</td>')).toBe(
    '<td style="color:#111111">font-family:;</td>',
  );
});

const columns = (width: string) => `
  <!--[if lte mso 11]>
  <style type="text/css">
    .mj-outlook-group-fix { width:100% !important; }
  </style>
  <![endif]-->
  <style type="text/css">
    @media only screen and (min-width:480px) { .mj-column-per-${width} { width:${width}% !important; } }
  </style>
  <div class="mj-column-per-${width} mj-outlook-group-fix" style="width:100%;">A</div>`;

test('columns of the whole width need no style sheet', () => {
  expect(minifyMarkup(columns('100'))).toBe('<div style="width:100%">A</div>');
});

test('narrower columns keep their style sheets', () => {
  const html = minifyMarkup(columns('50'));

  expect(html).toContain('<!--[if lte mso 11]><style type="text/css">.mj-outlook-group-fix{width:100%!important}');
  expect(html).toContain('@media only screen and (min-width:480px){.mj-column-per-50{width:50%!important}}');
  expect(html).toContain('<div class="mj-column-per-50 mj-outlook-group-fix" style="width:100%">A</div>');
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contrast, legibleOn, readableOn } from './color.ts';

const colors = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, '0')}`);

test.each([
  ['#000000', '#ffffff', 21],
  ['#ffffff', '#ffffff', 1],
  // The grey that famously just fails on white, and the one that just does not.
  ['#777777', '#ffffff', 4.48],
  ['#767676', '#ffffff', 4.54],
])('%s on %s has a contrast of %d', (one, other, ratio) => {
  expect(contrast(one, other)).toBeCloseTo(ratio, 2);
  expect(contrast(other, one)).toBe(contrast(one, other));
});

describe('words on a colour', () => {
  test.each([
    ['#f5c518', '#000000'],
    ['#0b3d91', '#ffffff'],
    ['#777777', '#000000'],
  ])('on %s are %s', (color, ink) => {
    expect(readableOn(color)).toBe(ink);
  });

  test('can be read on any', () => {
    fc.assert(fc.property(colors, (color) => contrast(readableOn(color), color) >= 4.5));
  });
});

describe('a colour as words or outline', () => {
  test.each([
    ['text', 4.5],
    ['outline', 3],
  ] as const)('can be made out as %s on any ground', (as, ratio) => {
    fc.assert(fc.property(colors, colors, (ground, color) => contrast(legibleOn(ground, color, as), ground) >= ratio));
  });

  test('stays as it is where it can be made out', () => {
    expect(legibleOn('#ffffff', '#2450c8', 'text')).toBe('#2450c8');
    expect(legibleOn('#1b2029', '#f5c518', 'text')).toBe('#f5c518');
  });

  test('becomes no darker or lighter than it must', () => {
    fc.assert(
      fc.property(colors, (color) => {
        const shade = legibleOn('#ffffff', color, 'text');
        fc.pre(shade !== color);
        expect(contrast(shade, '#ffffff')).toBeLessThan(5);
      }),
    );
  });

  test('keeps its hue', () => {
    expect(legibleOn('#ffffff', '#f5c518', 'text')).toBe('#8e720e');
    expect(legibleOn('#1b2029', '#0b3d91', 'text')).toBe('#6d8bbd');
  });
});

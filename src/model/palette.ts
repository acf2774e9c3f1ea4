import { legibleOn, readableOn } from './color.ts';

const usualColor = '#2450c8';

/** What emails and pages stand on. Mail programs that know no dark mode, or make their own, see the light ones. */
export const grounds = {
  light: { page: '#f2f4f8', sheet: '#ffffff', ink: '#1d2433', quiet: '#566074' },
  dark: { page: '#12151c', sheet: '#1b2029', ink: '#e8ebf2', quiet: '#a5afc2' },
} as const;

/** One color of somebody's choice, made fit for everything that it is used for. */
export type Palette = {
  fill: string;
  /** Words on the fill. */
  onFill: string;
  /** Words and lines in that color, on the sheet. */
  light: Shades;
  dark: Shades;
};
type Shades = { text: string; outline: string };

export function createPalette(color = usualColor): Palette {
  const shades = (sheet: string): Shades => ({
    text: legibleOn(sheet, color, 'text'),
    outline: legibleOn(sheet, color, 'outline'),
  });
  return {
    fill: color,
    onFill: readableOn(color),
    light: shades(grounds.light.sheet),
    dark: shades(grounds.dark.sheet),
  };
}

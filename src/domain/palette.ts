import { legibleOn, readableOn } from './colour.ts';

const usualColour = '#2450c8';

/** What letters and pages stand on. Mail programs that know no dark mode, or make their own, see the light ones. */
export const grounds = {
  light: { page: '#f2f4f8', sheet: '#ffffff', ink: '#1d2433', quiet: '#566074' },
  dark: { page: '#12151c', sheet: '#1b2029', ink: '#e8ebf2', quiet: '#a5afc2' },
} as const;

/** One colour of somebody's choice, made fit for everything that it is used for. */
export type Palette = {
  fill: string;
  /** Words on the fill. */
  onFill: string;
  /** Words and lines in that colour, on the sheet. */
  light: Shades;
  dark: Shades;
};
type Shades = { text: string; outline: string };

export function paletteOf(colour = usualColour): Palette {
  const shades = (sheet: string): Shades => ({
    text: legibleOn(sheet, colour, 'text'),
    outline: legibleOn(sheet, colour, 'outline'),
  });
  return {
    fill: colour,
    onFill: readableOn(colour),
    light: shades(grounds.light.sheet),
    dark: shades(grounds.dark.sheet),
  };
}

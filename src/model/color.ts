/** Colors are written `#rrggbb`. */
type Written = string;

/** How far a color must stand out from what is behind it, as WCAG 2.2 AA asks: 1.4.3 for text, 1.4.11 for outlines. */
const enough = { text: 4.5, outline: 3 } as const;

const steps = 50;

/** Which of black and white reads better on a color; never under 4.5:1. */
export function readableOn(color: Written): '#000000' | '#ffffff' {
  return contrast('#ffffff', color) >= contrast('#000000', color) ? '#ffffff' : '#000000';
}

/** The color itself where it can be made out on this ground, else the nearest darker or lighter one that can. */
export function legibleOn(ground: Written, color: Written, as: keyof typeof enough): Written {
  const end = readableOn(ground);
  const shades = Array.from({ length: steps }, (_, step) => mix(color, end, step / steps));
  return shades.find((shade) => contrast(shade, ground) >= enough[as]) ?? end;
}

/** From 1 to 21, as https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio defines it. */
export function contrast(one: Written, other: Written): number {
  const [darker = 0, lighter = 0] = [relativeLuminance(one), relativeLuminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** As https://www.w3.org/TR/WCAG22/#dfn-relative-luminance defines it. */
function relativeLuminance(color: Written): number {
  const [red = 0, green = 0, blue = 0] = channels(color).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mix(color: Written, end: Written, share: number): Written {
  const ends = channels(end);
  const mixed = channels(color).map((channel, at) => Math.round(channel + ((ends[at] ?? 0) - channel) * share));
  return `#${mixed.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

function channels(color: Written): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
}

/** Which of black and white reads better on a colour (`#rrggbb`); never under 4.5:1, what WCAG 2.2 AA asks for. */
export function readableOn(colour: string): '#000000' | '#ffffff' {
  const luminance = relativeLuminance(colour);
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? '#ffffff' : '#000000';
}

/** As https://www.w3.org/TR/WCAG22/#dfn-relative-luminance defines it. */
function relativeLuminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

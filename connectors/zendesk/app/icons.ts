import { crc32, deflateSync } from 'node:zlib';

type Color = readonly [number, number, number];

const ground: Color = [36, 80, 200];
const ink: Color = [255, 255, 255];

/** Three bars that rise, on a rounded square: places and sizes in shares of the edge. */
const bars = [
  { left: 0.25, top: 0.58 },
  { left: 0.44, top: 0.44 },
  { left: 0.63, top: 0.28 },
].map((bar) => ({ ...bar, width: 0.12, bottom: 0.72 }));
const corner = 0.2;

/** Our logo as a square PNG of so many pixels. */
export function drawLogo(edge: number): Buffer {
  const row = 1 + edge * 4;
  const pixels = Buffer.alloc(row * edge);
  for (let y = 0; y < edge; y += 1) {
    for (let x = 0; x < edge; x += 1) {
      const isInk = share(x, y, edge, isBar);
      const color = ground.map((part, index) => Math.round(part + ((ink[index] ?? 0) - part) * isInk));
      pixels.set([...color, Math.round(255 * share(x, y, edge, isGround))], y * row + 1 + x * 4);
    }
  }
  const size = Buffer.alloc(13);
  size.writeUInt32BE(edge, 0);
  size.writeUInt32BE(edge, 4);
  // Eight bits a channel, with transparency.
  size.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  return Buffer.concat([signature, chunk('IHDR', size), chunk('IDAT', deflateSync(pixels)), chunk('IEND')]);
}

/** How many pixels a PNG has, across and down; nothing when it is none. */
export function sizeOfPng(file: Uint8Array): { width: number; height: number } | undefined {
  const bytes = Buffer.from(file);
  if (bytes.length < 24 || bytes.toString('latin1', 1, 4) !== 'PNG') return undefined;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** How much of a pixel lies inside, by sixteen points of it: edges come out smooth. */
function share(x: number, y: number, edge: number, isInside: (x: number, y: number) => boolean): number {
  const steps = [0.125, 0.375, 0.625, 0.875];
  const points = steps.flatMap((dx) => steps.map((dy) => isInside((x + dx) / edge, (y + dy) / edge)));
  return points.filter(Boolean).length / points.length;
}

function isBar(x: number, y: number): boolean {
  return bars.some(({ left, top, width, bottom }) => x >= left && x < left + width && y >= top && y < bottom);
}

function isGround(x: number, y: number): boolean {
  const beyond = (at: number) => Math.max(corner - at, at - (1 - corner), 0);
  return Math.hypot(beyond(x), beyond(y)) <= corner;
}

function chunk(name: string, content = Buffer.alloc(0)): Buffer {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

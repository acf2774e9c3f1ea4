import { useMemo } from 'react';
import { encode } from 'uqr';

/** Dark on white whatever the colors of the page are: not every phone reads it the other way round. */
export function QrCode({ of, label }: { of: string; label: string }) {
  const { size, path } = useMemo(() => {
    const { size: many, data } = encode(of, { ecc: 'M', border: 3 });
    const squares = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { size: many, path: squares.join('') };
  }, [of]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      width={208}
      height={208}
      shapeRendering="crispEdges"
      style={{ borderRadius: 'var(--mantine-radius-md)', background: '#fff' }}
    >
      <path d={path} fill="#000" />
    </svg>
  );
}

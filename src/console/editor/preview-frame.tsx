import { Box } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import classes from './editor.module.css';

const widths = { phone: 360, desktop: 640 } as const;
const height = 620;

type Props = { html: string; width: keyof typeof widths; isDark: boolean; title: string };

/**
 * A page within the page that may do nothing: no script, no form, no window. What is wider than its place is shown
 * smaller.
 */
export function PreviewFrame({ html, width, isDark, title }: Props) {
  const { ref, width: room } = useElementSize();
  const shown = width === 'phone' ? Math.min(room, widths.phone) : room;
  const scale = Math.min(1, shown / widths[width]) || 1;
  return (
    <Box ref={ref}>
      <Box className={`${classes.stage} ${width === 'phone' ? classes.phone : ''}`} h={height}>
        <iframe
          title={title}
          sandbox=""
          srcDoc={inScheme(html, isDark)}
          width={Math.max(shown / scale, widths[width])}
          height={height / scale}
          style={{ transform: `scale(${scale})`, colorScheme: isDark ? 'dark' : 'light' }}
        />
      </Box>
    </Box>
  );
}

/** In the colors that were chosen here, and not those of the device. */
function inScheme(html: string, isDark: boolean): string {
  return html
    .replaceAll('(prefers-color-scheme: dark)', isDark ? 'all' : 'not all')
    .replace('<head>', `<head><style>:root { color-scheme: ${isDark ? 'dark' : 'light'} !important; }</style>`);
}

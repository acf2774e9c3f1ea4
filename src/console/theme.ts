import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/** The color of the house. Shade 6 on white, and shade 3 on the dark ground, are readable as text. */
const iris: MantineColorsTuple = [
  '#f0f1ff',
  '#dfe1fb',
  '#bdc0f3',
  '#9a9eec',
  '#7a80e5',
  '#5c62dc',
  '#4348c8',
  '#3b3fb6',
  '#31359a',
  '#262a78',
];

export const theme = createTheme({
  colors: { iris },
  primaryColor: 'iris',
  primaryShade: { light: 6, dark: 5 },
  autoContrast: true,
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  headings: { fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif", fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    Badge: { styles: { root: { flexShrink: 0, minWidth: 'max-content' } } },
    Card: { defaultProps: { withBorder: true, padding: 'lg' } },
    // What stands above a dialog is no head of the page.
    ModalHeader: { defaultProps: { role: 'presentation' } },
    DrawerHeader: { defaultProps: { role: 'presentation' } },
    Tooltip: { defaultProps: { events: { hover: true, focus: true, touch: true }, multiline: true, maw: 320 } },
  },
});

/** What is paused: orange, and dark enough for white words. */
export const paused = '#b5400d';

/** Words on the pale ground of a badge or an alert: of their color, and dark enough to read. */
const onPale = Object.fromEntries(
  (['teal', 'yellow', 'orange', 'red', 'blue', 'gray'] as const).map((name) => [
    `--mantine-color-${name}-light-color`,
    `color-mix(in srgb, var(--mantine-color-${name}-9) ${name === 'yellow' || name === 'orange' ? 62 : 80}%, black)`,
  ]),
);

/** Mantine's quiet greys are too faint to read for many: WCAG asks for 4.5 to 1. */
export const readable: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...onPale,
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': '#6a7178',
    '--mantine-color-error': '#c2303a',
  },
  dark: {
    '--mantine-color-anchor': '#a9adf0',
    '--mantine-color-dimmed': '#a8adb3',
    '--mantine-color-placeholder': '#9a9fa5',
    '--mantine-color-error': '#ff8787',
  },
});

import { ColorInput, Group, NumberInput, Stack, Text, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { createPalette, grounds } from '../../model/palette.ts';
import type { PublishedContent } from '../api/surveys.ts';
import { LateInput } from '../parts/late-input.tsx';
import { Section } from '../parts/section.tsx';
import classes from './editor.module.css';

type Branding = PublishedContent['branding'];

type Props = {
  branding: Branding;
  set: (changes: { [Key in keyof Branding]?: Branding[Key] | undefined }) => void;
  problemOf: (path: string) => string | undefined;
  isReadOnly?: boolean;
  /** What is read of the logo where none is said. */
  company: string;
};

const isColor = (text: string) => /^#[0-9a-f]{6}$/iu.test(text);

/** Color, logo and small print: of a survey, or of a brand. */
export function BrandingFields({ branding, set, problemOf, isReadOnly = false, company }: Props) {
  const { t } = useTranslation('editor');
  const { logo } = branding;
  const setLogo = (changes: Partial<NonNullable<Branding['logo']>>) => {
    const after = { alt: company, width: 120, ...logo, ...changes };
    set({ logo: after.url === undefined || after.url === '' ? undefined : { ...after, url: after.url } });
  };
  return (
    <Stack gap="xl">
      <Section title={t('branding.color')} says={t('branding.colorSays')}>
        <ColorInput
          label={t('branding.colorLabel')}
          placeholder={t('branding.colorPlaceholder')}
          value={branding.color ?? ''}
          error={problemOf('color')}
          readOnly={isReadOnly}
          format="hex"
          maw={260}
          eyeDropperButtonProps={{ 'aria-label': t('branding.pick') }}
          swatches={['#2450c8', '#0b7285', '#2b8a3e', '#d9480f', '#c2255c', '#6741d9', '#343a40']}
          onChange={(color) => (color === '' || isColor(color)) && set({ color: color === '' ? undefined : color })}
        />
        <Contrast color={branding.color} />
      </Section>
      <Section title={t('branding.logo')} says={t('branding.logoSays')}>
        <LateInput
          label={t('branding.logoUrl')}
          placeholder="https://"
          type="url"
          value={logo?.url}
          set={(url) => setLogo({ url: url ?? '' })}
          error={problemOf('logo.url') ?? problemOf('logo')}
          readOnly={isReadOnly}
        />
        {logo && (
          <Group grow align="flex-start">
            <LateInput
              label={t('branding.logoAlt')}
              value={logo.alt}
              set={(alt) => setLogo({ alt: alt ?? company })}
              error={problemOf('logo.alt')}
              readOnly={isReadOnly}
            />
            <NumberInput
              label={t('branding.logoWidth')}
              suffix=" px"
              min={16}
              max={552}
              value={logo.width}
              error={problemOf('logo.width')}
              readOnly={isReadOnly}
              onChange={(width) => setLogo({ width: Number(width) || 120 })}
            />
          </Group>
        )}
      </Section>
      <Section title={t('branding.small')} says={t('branding.smallSays')}>
        <Textarea
          label={t('branding.postalAddress')}
          autosize
          minRows={1}
          value={branding.postalAddress ?? ''}
          error={problemOf('postalAddress')}
          readOnly={isReadOnly}
          maxLength={300}
          onChange={({ currentTarget }) =>
            set({ postalAddress: currentTarget.value === '' ? undefined : currentTarget.value })
          }
        />
        <LateInput
          label={t('branding.privacyUrl')}
          placeholder="https://"
          type="url"
          value={branding.privacyUrl}
          set={(privacyUrl) => set({ privacyUrl })}
          error={problemOf('privacyUrl')}
          readOnly={isReadOnly}
        />
      </Section>
    </Stack>
  );
}

/** What becomes of the color: where it could not be read as it is, the nearest one that can stands in its place. */
function Contrast({ color }: { color: string | undefined }) {
  const { t } = useTranslation('editor');
  const { fill, onFill, light, dark } = createPalette(color);
  const isAdjusted = light.text !== fill || dark.text !== fill;
  const shown = [
    { key: 'fill', background: fill, text: onFill },
    { key: 'light', background: grounds.light.sheet, text: light.text },
    { key: 'dark', background: grounds.dark.sheet, text: dark.text },
  ] as const;
  return (
    <Stack gap="xs">
      <Group gap="lg">
        {shown.map(({ key, background, text }) => (
          <Group key={key} gap="xs" wrap="nowrap">
            <span
              className={classes.swatch}
              style={{ background, color: text, boxShadow: 'inset 0 0 0 1px rgb(128 128 128 / 35%)' }}
              aria-hidden
            >
              9
            </span>
            <div>
              <Text size="sm">{t(`branding.on.${key}`)}</Text>
              <Text size="xs" c="dimmed" className="figure">
                {text}
              </Text>
            </div>
          </Group>
        ))}
      </Group>
      <Text size="sm" c="dimmed">
        {isAdjusted ? t('branding.adjusted') : t('branding.readable')}
      </Text>
    </Stack>
  );
}

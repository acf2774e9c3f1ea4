import { ColorInput, Group, NumberInput, Stack, Text, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { grounds, paletteOf } from '../../domain/palette.ts';
import type { SurveyContent } from '../api/surveys.ts';
import { LateInput } from '../parts/late-input.tsx';
import { Section } from '../parts/section.tsx';
import classes from './editor.module.css';

type Look = SurveyContent['look'];

type Props = {
  look: Look;
  set: (changes: { [Key in keyof Look]?: Look[Key] | undefined }) => void;
  problemOf: (path: string) => string | undefined;
  isReadOnly?: boolean;
  /** What is read of the logo where none is said. */
  company: string;
};

const isColour = (text: string) => /^#[0-9a-f]{6}$/iu.test(text);

/** Colour, logo and small print: of a survey, or of a brand. */
export function LookFields({ look, set, problemOf, isReadOnly = false, company }: Props) {
  const { t } = useTranslation('editor');
  const { logo } = look;
  const setLogo = (changes: Partial<NonNullable<Look['logo']>>) => {
    const after = { alt: company, width: 120, ...logo, ...changes };
    set({ logo: after.url === undefined || after.url === '' ? undefined : { ...after, url: after.url } });
  };
  return (
    <Stack gap="xl">
      <Section title={t('look.colour')} says={t('look.colourSays')}>
        <ColorInput
          label={t('look.colourLabel')}
          placeholder={t('look.colourPlaceholder')}
          value={look.colour ?? ''}
          error={problemOf('colour')}
          readOnly={isReadOnly}
          format="hex"
          maw={260}
          eyeDropperButtonProps={{ 'aria-label': t('look.pick') }}
          swatches={['#2450c8', '#0b7285', '#2b8a3e', '#d9480f', '#c2255c', '#6741d9', '#343a40']}
          onChange={(colour) =>
            (colour === '' || isColour(colour)) && set({ colour: colour === '' ? undefined : colour })
          }
        />
        <Contrast colour={look.colour} />
      </Section>
      <Section title={t('look.logo')} says={t('look.logoSays')}>
        <LateInput
          label={t('look.logoUrl')}
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
              label={t('look.logoAlt')}
              value={logo.alt}
              set={(alt) => setLogo({ alt: alt ?? company })}
              error={problemOf('logo.alt')}
              readOnly={isReadOnly}
            />
            <NumberInput
              label={t('look.logoWidth')}
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
      <Section title={t('look.small')} says={t('look.smallSays')}>
        <Textarea
          label={t('look.postalAddress')}
          autosize
          minRows={1}
          value={look.postalAddress ?? ''}
          error={problemOf('postalAddress')}
          readOnly={isReadOnly}
          maxLength={300}
          onChange={({ currentTarget }) =>
            set({ postalAddress: currentTarget.value === '' ? undefined : currentTarget.value })
          }
        />
        <LateInput
          label={t('look.privacyUrl')}
          placeholder="https://"
          type="url"
          value={look.privacyUrl}
          set={(privacyUrl) => set({ privacyUrl })}
          error={problemOf('privacyUrl')}
          readOnly={isReadOnly}
        />
      </Section>
    </Stack>
  );
}

/** What becomes of the colour: where it could not be read as it is, the nearest one that can stands in its place. */
function Contrast({ colour }: { colour: string | undefined }) {
  const { t } = useTranslation('editor');
  const { fill, onFill, light, dark } = paletteOf(colour);
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
              <Text size="sm">{t(`look.on.${key}`)}</Text>
              <Text size="xs" c="dimmed" className="figure">
                {text}
              </Text>
            </div>
          </Group>
        ))}
      </Group>
      <Text size="sm" c="dimmed">
        {isAdjusted ? t('look.adjusted') : t('look.readable')}
      </Text>
    </Stack>
  );
}

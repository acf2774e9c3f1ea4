import { Anchor, Group, NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { brandsQuery } from '../api/brands.ts';
import { LateInput } from '../parts/late-input.tsx';
import { Section } from '../parts/section.tsx';
import { ChoiceCards } from './choice-cards.tsx';
import { usePart, withoutNothing } from './editing.ts';

/** Under whose name the question goes out, and what counts as an answer. */
export function DeliveryPart() {
  const { t } = useTranslation('editor');
  const { part, set, problemOf, isReadOnly } = usePart('delivery');
  const { data: brands } = useQuery(brandsQuery);
  const named = brands?.items.find(({ key }) => key === part.brand);
  const isGone = part.brand !== undefined && brands !== undefined && !named;
  const setFrom = (changes: { address?: string | undefined; name?: string | undefined }) => {
    const from = withoutNothing({ ...part.from, ...changes });
    set({ from: Object.keys(from).length === 0 ? undefined : (from as NonNullable<typeof part.from>) });
  };
  return (
    <Stack gap="xl">
      <Section
        title={t('delivery.brand')}
        says={
          <>
            {t('delivery.brandSays')}{' '}
            <Anchor component={Link} to="/surveys/brands" size="sm" underline="always">
              {t('delivery.brands')}
            </Anchor>
          </>
        }
      >
        <NativeSelect
          label={t('delivery.brandLabel')}
          maw={320}
          value={part.brand ?? ''}
          disabled={isReadOnly}
          error={problemOf('brand')}
          onChange={({ currentTarget }) => set({ brand: currentTarget.value === '' ? undefined : currentTarget.value })}
          data={[
            { value: '', label: t('delivery.ofTicket') },
            ...(brands?.items.map(({ key, name }) => ({ value: key, label: name })) ?? []),
            ...(isGone ? [{ value: part.brand ?? '', label: part.brand ?? '' }] : []),
          ]}
        />
      </Section>
      <Section title={t('delivery.sender')} says={t('delivery.senderSays')}>
        <Group grow align="flex-start">
          <LateInput
            label={t('delivery.fromName')}
            placeholder={named?.from?.name ?? named?.name ?? ''}
            value={part.from?.name}
            set={(name) => setFrom({ name })}
            error={problemOf('from.name')}
            readOnly={isReadOnly}
          />
          <LateInput
            label={t('delivery.fromAddress')}
            placeholder={named?.from?.address ?? 'support@example.com'}
            type="email"
            value={part.from?.address}
            set={(address) => setFrom({ address })}
            error={problemOf('from.address')}
            readOnly={isReadOnly}
          />
        </Group>
        <LateInput
          label={t('delivery.replyTo')}
          description={t('delivery.replyToSays')}
          placeholder={named?.replyTo ?? 'support@example.com'}
          type="email"
          value={part.replyTo}
          set={(replyTo) => set({ replyTo })}
          error={problemOf('replyTo')}
          readOnly={isReadOnly}
        />
      </Section>
      <Section title={t('delivery.confirm')} says={<Text span>{t('delivery.confirmSays')}</Text>}>
        <ChoiceCards
          label={t('delivery.confirmLabel')}
          value={part.confirm}
          set={(confirm) => set({ confirm })}
          disabled={isReadOnly}
          options={(['strict', 'balanced', 'instant'] as const).map((value) => ({
            value,
            label: t(`delivery.${value}`),
            says: t(`delivery.${value}Says`),
          }))}
        />
      </Section>
    </Stack>
  );
}

import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AuditItem } from '../api/items.ts';

/** What is kept beside it: never what stood in a field, only which. */
export function Detail({ of: { from, to, fields, changed, ...rest } }: { of: AuditItem['detail'] }) {
  const { t } = useTranslation('audit');
  const names = [fields, changed].flatMap((list) => (Array.isArray(list) ? list.map(String) : []));
  const others = Object.entries(rest).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value));
  const said = [
    from !== undefined && to !== undefined ? t('fromTo', { from, to }) : null,
    names.length > 0 ? t('fields', { fields: names.join(', ') }) : null,
    ...others.map(([name, value]) => `${name}: ${value}`),
  ].filter((part) => part !== null);
  return (
    <Text span size="sm" c="dimmed">
      {said.length > 0 ? said.join(' · ') : '–'}
    </Text>
  );
}

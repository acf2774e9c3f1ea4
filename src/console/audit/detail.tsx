import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AuditItem } from '../api/items.ts';

const roles = ['owner', 'admin', 'viewer'] as const;

/** What is kept beside it: never what stood in a field, only which. */
export function Detail({ of: { from, to, role, by, fields, changed, ...rest } }: { of: AuditItem['detail'] }) {
  const { t } = useTranslation('audit');
  const { t: team } = useTranslation('team');
  /** A role in words; anything else stands for itself. */
  const said = (value: unknown) => {
    const known = roles.find((name) => name === value);
    return known ? team(`roles.${known}`) : String(value);
  };
  const names = [fields, changed].flatMap((list) => (Array.isArray(list) ? list.map(String) : []));
  const others = Object.entries(rest).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value));
  const parts = [
    from !== undefined && to !== undefined && from !== to ? t('fromTo', { from: said(from), to: said(to) }) : null,
    role !== undefined ? t('as', { role: said(role) }) : null,
    by === 'link' ? t('byLink') : by === 'single_sign_on' ? t('bySingleSignOn') : null,
    names.length > 0 ? t('fields', { fields: names.join(', ') }) : null,
    ...others.map(([name, value]) => `${name}: ${value}`),
  ].filter((part) => part !== null);
  return (
    <Text span size="sm" c="dimmed">
      {parts.length > 0 ? parts.join(' · ') : '–'}
    </Text>
  );
}

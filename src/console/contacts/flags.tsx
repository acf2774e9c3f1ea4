import { Badge, Group, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ContactItem } from '../api/items.ts';
import { useClock } from '../parts/clock.ts';

const colors = {
  atRisk: 'red',
  advocate: 'teal',
  doNotSurvey: 'gray',
  unsubscribed: 'gray',
  bounced: 'orange',
  complained: 'orange',
  test: 'gray',
} as const;

type Flag = keyof typeof colors;

function flagsOf({
  crmFields,
  doNotSurvey,
  unsubscribedAt,
  bouncedAt,
  complainedAt,
  test,
}: ContactItem): readonly Flag[] {
  const carried = {
    atRisk: crmFields?.feedback_at_risk === true,
    advocate: crmFields?.feedback_advocate === true,
    doNotSurvey,
    unsubscribed: unsubscribedAt !== null,
    bounced: bouncedAt !== null,
    complained: complainedAt !== null,
    test,
  };
  return (Object.keys(colors) as Flag[]).filter((flag) => carried[flag]);
}

/** What is special about a contact, each with why. */
export function Flags({ of }: { of: ContactItem }) {
  const { t } = useTranslation('contacts');
  const { day } = useClock();
  const flags = flagsOf(of);
  const date = (at: string | null) => (at === null ? '' : day(at));
  const reason = of.crmFields?.feedback_flag_reason;
  const why: Record<Flag, string> = {
    atRisk: typeof reason === 'string' ? reason : t('flagSays.atRisk'),
    advocate: typeof reason === 'string' ? reason : t('flagSays.advocate'),
    doNotSurvey: t('flagSays.doNotSurvey'),
    unsubscribed: t('flagSays.unsubscribed', { date: date(of.unsubscribedAt) }),
    bounced: t('flagSays.bounced', { date: date(of.bouncedAt) }),
    complained: t('flagSays.complained', { date: date(of.complainedAt) }),
    test: t('flagSays.test'),
  };
  if (flags.length === 0) return null;
  return (
    <Group gap={6}>
      {flags.map((flag) => (
        <Tooltip key={flag} label={why[flag]}>
          <Badge variant="light" color={colors[flag]} radius="sm" tt="none" fw={600}>
            {t(`flags.${flag}`)}
          </Badge>
        </Tooltip>
      ))}
    </Group>
  );
}

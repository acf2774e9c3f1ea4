import { Button, Card, Center, Group, SegmentedControl, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { timelinePath } from '../api/contacts.ts';
import type { ContactDetails, TimelineItem as Happened } from '../api/items.ts';
import { useListing } from '../api/listing.ts';
import { useClock } from '../parts/clock.ts';
import { FailureNote, Loading } from '../parts/states.tsx';
import { TimelineEntry } from './happening.tsx';
import classes from './timeline.module.css';

const groups = {
  asking: ['decided', 'scheduled', 'sent', 'opened', 'ended', 'unsubscribed'],
  answers: ['answered', 'changed', 'corrected', 'retracted', 'restored'],
  records: ['written'],
  changes: ['edited', 'corrected', 'retracted', 'restored'],
} as const satisfies Record<string, readonly Happened['kind'][]>;

type GroupName = keyof typeof groups;

const groupNames = Object.keys(groups) as GroupName[];

/** Everything that happened between a contact and us, the newest first, whatever part of us did it. */
export function Timeline({ of }: { of: ContactDetails }) {
  const { t } = useTranslation('contacts');
  const { day } = useClock();
  const { t: parts } = useTranslation('parts');
  const [params, setParams] = useSearchParams();
  const shown = groupNames.find((name) => name === params.get('show'));
  const list = useListing<Happened>(timelinePath(of.id), { limit: 100 });
  const all = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const kinds: readonly string[] | undefined = shown && groups[shown];
  const happened = kinds ? all.filter(({ kind }) => kinds.includes(kind)) : all;
  const days = [...Map.groupBy(happened, ({ at }) => day(at))];
  return (
    <Card component="section" aria-labelledby="timeline">
      <Group justify="space-between" mb="md" gap="sm">
        <Title order={2} size="h5" id="timeline">
          {t('timeline.title')}
        </Title>
        <SegmentedControl
          size="xs"
          aria-label={t('timeline.show')}
          value={shown ?? 'all'}
          onChange={(value) =>
            setParams(
              (before) => {
                const after = new URLSearchParams(before);
                if (value === 'all') after.delete('show');
                else after.set('show', value);
                return after;
              },
              { replace: true },
            )
          }
          data={(['all', ...groupNames] as const).map((value) => ({ value, label: t(`timeline.groups.${value}`) }))}
        />
      </Group>
      {list.isPending && <Loading rows={6} />}
      {list.isError && <FailureNote failure={list.error} again={() => void list.refetch()} />}
      {list.isSuccess && happened.length === 0 && (
        <Text size="sm" c="dimmed" py="md">
          {t('timeline.nothing')}
        </Text>
      )}
      {days.map(([day, ofDay]) => (
        <section key={day} className={classes.day}>
          <h3>{day}</h3>
          <ol className={classes.list}>
            {ofDay.map((one) => (
              <TimelineEntry key={one.id} of={one} />
            ))}
          </ol>
        </section>
      ))}
      {list.hasNextPage && (
        <Center mt="md">
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {parts('more')}
          </Button>
        </Center>
      )}
    </Card>
  );
}

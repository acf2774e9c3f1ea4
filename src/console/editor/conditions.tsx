import {
  ActionIcon,
  Button,
  Card,
  Group,
  MultiSelect,
  NativeSelect,
  NumberInput,
  Stack,
  TagsInput,
  Text,
  TextInput,
} from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Drafted,
  type EditedCondition,
  fields,
  handlers,
  isComplete,
  readDrafted,
  writeDrafted,
} from './condition.ts';
import { usePart } from './editing.ts';

let made = 0;
const nameless = (): string => {
  made += 1;
  return `condition-${made}`;
};

type Row = Drafted & { id: string };

/** What must hold of the ticket and the contact; a condition that is not complete yet is not one. */
export function Conditions() {
  const { t } = useTranslation('editor');
  const { part, set, isReadOnly, problemOf } = usePart('audience');
  const [rows, setRows] = useState<readonly Row[]>(() => withIds(part.conditions));
  // Changed from elsewhere.
  const known = JSON.stringify(rows.filter(isComplete).map(writeDrafted));
  if (known !== JSON.stringify(part.conditions.map((one) => writeDrafted(readDrafted(one))))) {
    setRows(withIds(part.conditions));
  }
  const become = (after: readonly Row[]) => {
    setRows(after);
    set({ conditions: after.filter(isComplete).map(writeDrafted) });
  };
  const whole = rows.filter(isComplete);
  return (
    <Stack gap="sm">
      {rows.length === 0 && <Text size="sm">{t('conditions.none')}</Text>}
      {rows.map((row, at) => (
        <OneCondition
          key={row.id}
          row={row}
          number={at + 1}
          isReadOnly={isReadOnly}
          problem={problemOf(`conditions.${whole.indexOf(row)}`)}
          set={(changes) => become(rows.map((one) => (one.id === row.id ? { ...one, ...changes } : one)))}
          remove={() => become(rows.filter(({ id }) => id !== row.id))}
        />
      ))}
      {!isReadOnly && (
        <Group>
          <Button
            variant="default"
            leftSection={<IconPlus size={16} aria-hidden />}
            disabled={rows.length >= 50}
            onClick={() => setRows([...rows, { id: nameless(), ...readDrafted(undefined) }])}
          >
            {t('conditions.add')}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

const withIds = (conditions: readonly EditedCondition[]): readonly Row[] =>
  conditions.map((condition) => ({ id: nameless(), ...readDrafted(condition) }));

type OneProps = {
  row: Row;
  number: number;
  isReadOnly: boolean;
  problem: string | undefined;
  set: (changes: Partial<Drafted>) => void;
  remove: () => void;
};

function OneCondition({ row, number, isReadOnly, problem, set, remove }: OneProps) {
  const { t } = useTranslation('editor');
  const isCount = row.field === 'publicReplies';
  return (
    <Card padding="sm" component="fieldset" m={0} aria-label={t('conditions.one', { number })}>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <Group gap="xs" align="flex-end" flex={1}>
          <NativeSelect
            label={t('conditions.field')}
            w={170}
            value={row.field}
            disabled={isReadOnly}
            onChange={({ currentTarget }) => become(currentTarget.value as Drafted['field'])}
            data={[
              { group: t('conditions.ticket'), items: fields.ticket.map((value) => named(value)) },
              { group: t('conditions.contact'), items: fields.contact.map((value) => named(value)) },
            ]}
          />
          {row.field === 'property' && (
            <TextInput
              label={t('conditions.property')}
              placeholder="lifecyclestage"
              w={160}
              value={row.property}
              readOnly={isReadOnly}
              onChange={({ currentTarget }) => set({ property: currentTarget.value })}
            />
          )}
          <NativeSelect
            label={t('conditions.relation')}
            w={120}
            value={row.relation}
            disabled={isReadOnly}
            onChange={({ currentTarget }) => set({ relation: currentTarget.value as Drafted['relation'] })}
            data={(['is', 'isNot'] as const).map((value) => ({
              value,
              label: t(`conditions.${isCount ? 'count' : 'value'}.${value}`),
            }))}
          />
          {isCount ? (
            <NumberInput
              label={t('conditions.replies')}
              w={110}
              min={0}
              max={1000}
              allowDecimal={false}
              value={row.count}
              readOnly={isReadOnly}
              onChange={(count) => set({ count: Number(count) || 0 })}
            />
          ) : row.field === 'handler' ? (
            <MultiSelect
              label={t('conditions.values')}
              flex={1}
              miw={180}
              data={handlers.map((value) => ({ value, label: t(`conditions.handlers.${value}`) }))}
              value={[...row.values]}
              readOnly={isReadOnly}
              onChange={(values) => set({ values })}
            />
          ) : (
            <TagsInput
              label={t('conditions.values')}
              description={row.values.length === 0 ? t('conditions.valuesSays') : undefined}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              flex={1}
              miw={180}
              maxTags={200}
              value={[...row.values]}
              readOnly={isReadOnly}
              acceptValueOnBlur
              onChange={(values) => set({ values })}
            />
          )}
        </Group>
        {!isReadOnly && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('conditions.remove', { number })}
            onClick={remove}
          >
            <IconX size={18} aria-hidden />
          </ActionIcon>
        )}
      </Group>
      {problem && (
        <Text size="sm" c="var(--mantine-color-error)" mt={4}>
          {problem}
        </Text>
      )}
    </Card>
  );

  /** Its values are of a fixed choice: what was written of another field is none of them. */
  function become(field: Drafted['field']) {
    set(field === 'handler' || row.field === 'handler' ? { field, values: [] } : { field });
  }

  function named(value: Drafted['field']) {
    return { value, label: t(`conditions.fields.${value}`) };
  }
}

import { Button, Card, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ListedField, useChangeConnection, useRecordFields } from '../api/connections.ts';
import { useMay } from '../api/me.ts';
import { Problem, problemsByField } from '../api/problem.ts';
import type { System } from '../api/systems.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { tell, tellFailure } from '../parts/tell.ts';
import { areSame, type EditedFieldNames, editedNames, findFieldName, renamed } from './field-names.ts';
import { FieldProfilePart } from './field-profile-part.tsx';
import classes from './fields.module.css';

/** What our fields are called in this account, and which of them it has. */
export function FieldsPart({ of }: { of: System }) {
  return <Loaded query={useRecordFields()}>{({ items }) => <Names key={of.id} of={of} fields={items} />}</Loaded>;
}

function Names({ of, fields }: { of: System; fields: readonly ListedField[] }) {
  const { t } = useTranslation('connections');
  const mayChange = useMay('connections:write');
  const change = useChangeConnection(of.id);
  const [names, setNames] = useState(editedNames(of));
  const [isAsked, { open, close }] = useDisclosure(false);
  const isChanged = !areSame(names, editedNames(of));
  const problems = problemsByField(change.error);

  const save = () =>
    change.mutate(
      { fieldNames: names as System['fieldNames'] },
      {
        onSuccess: () => tell(t('fields.saved')),
        onError: (failure) => {
          if (!(failure instanceof Problem) || failure.problems.length === 0) tellFailure(failure);
        },
        onSettled: close,
      },
    );
  return (
    <Stack gap="md">
      <Text size="sm" c="dimmed" maw={640}>
        {t('fields.says')}
      </Text>
      <FieldProfilePart of={of} />
      <Card padding={0}>
        <ul className={classes.fields}>
          {fields.map((field) => (
            <li key={field.key}>
              <One
                field={field}
                names={names}
                setNames={setNames}
                isReadOnly={!mayChange}
                isMissing={of.missingFields.includes(field.key)}
                problem={problems[`fieldNames.${field.key}`]}
              />
            </li>
          ))}
        </ul>
      </Card>
      {mayChange && (isChanged || !areSame(names, {})) && (
        <Group gap="xs" className={classes.actions ?? ''}>
          <Button disabled={!isChanged} onClick={open}>
            {t('fields.save')}
          </Button>
          {!areSame(names, {}) && (
            <Button variant="default" onClick={() => setNames({})}>
              {t('fields.reset')}
            </Button>
          )}
        </Group>
      )}
      <AskFirst
        title={t('fields.asked')}
        says={t('fields.askedSays')}
        does={t('fields.save')}
        isOpen={isAsked}
        close={close}
        isBusy={change.isPending}
        confirm={save}
      />
    </Stack>
  );
}

type OneProps = {
  field: ListedField;
  names: EditedFieldNames;
  setNames: (names: EditedFieldNames) => void;
  isReadOnly: boolean;
  /** It is not in the account, so that nothing is written there. */
  isMissing: boolean;
  problem: string | undefined;
};

function One({ field: { key, label, description }, names, setNames, isReadOnly, isMissing, problem }: OneProps) {
  const { t } = useTranslation('connections');
  const name = findFieldName(names, key);
  return (
    <div className={classes.field}>
      <Checkbox
        aria-label={t('fields.useOf', { label })}
        checked={name !== null}
        disabled={isReadOnly}
        onChange={({ currentTarget }) => setNames(renamed(names, key, currentTarget.checked ? key : null))}
      />
      <div className={classes.label}>
        <Text size="sm" fw={600}>
          {label}
        </Text>
        <Text size="xs" c="dimmed">
          {description}
        </Text>
        {isMissing && name !== null && (
          <Text size="xs" fw={600}>
            {t('fields.missing')}
          </Text>
        )}
      </div>
      <TextInput
        className={classes.name ?? ''}
        aria-label={t('fields.nameOf', { label })}
        value={name ?? ''}
        placeholder={t('fields.without')}
        disabled={isReadOnly || name === null}
        error={problem}
        spellCheck={false}
        onChange={({ currentTarget }) => setNames(renamed(names, key, currentTarget.value.trim()))}
      />
    </div>
  );
}

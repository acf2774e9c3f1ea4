import { Button, Card, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeConnection } from '../api/connections.ts';
import { useMay } from '../api/me.ts';
import { failureSentence, problemsByField } from '../api/problem.ts';
import type { System } from '../api/systems.ts';
import { tell } from '../parts/tell.ts';

/** What people here call the connection. */
export function NameField({ of }: { of: System }) {
  const { t } = useTranslation('connections');
  const mayChange = useMay('connections:write');
  const change = useChangeConnection(of.id);
  const [name, setName] = useState(of.name ?? '');
  const isNew = name.trim() !== (of.name ?? '');
  return (
    <Card
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({ name: name.trim() === '' ? null : name.trim() }, { onSuccess: () => tell(t('name.saved')) });
      }}
    >
      <Group align="flex-end" gap="xs">
        <TextInput
          label={t('name.label')}
          description={t('name.says')}
          placeholder={of.title}
          maw={420}
          flex="1 1 240px"
          maxLength={100}
          disabled={!mayChange}
          value={name}
          error={change.isError && (problemsByField(change.error).name ?? failureSentence(change.error))}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        {isNew && (
          <Button type="submit" variant="light" loading={change.isPending}>
            {t('name.save')}
          </Button>
        )}
      </Group>
    </Card>
  );
}

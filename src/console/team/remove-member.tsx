import { Alert, Checkbox, List, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Member, useMadeBy, useRemoveMember } from '../api/team.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { tell, tellFailure } from '../parts/tell.ts';

export function RemoveMember({
  member: { id, name },
  isMe,
  close,
}: {
  member: Member;
  isMe: boolean;
  close: () => void;
}) {
  const { t } = useTranslation('team');
  const { data: made } = useMadeBy(id);
  const [endsKeys, setEndsKeys] = useState(false);
  const remove = useRemoveMember(id);
  // A promise, since callbacks of `mutate` are forgotten when the row is gone.
  const done = () => {
    if (!isMe) tell(t('remove.done', { name }));
    close();
  };
  return (
    <AskFirst
      title={isMe ? t('leave.title') : t('remove.title', { name })}
      says={t(isMe ? 'leave.says' : 'remove.says')}
      does={t(isMe ? 'leave.submit' : 'remove.act')}
      isOpen
      isGrave
      isReady={made !== undefined}
      close={close}
      confirm={() => void remove.mutateAsync({ keys: endsKeys }).then(done, tellFailure)}
      isBusy={remove.isPending}
    >
      {made && made.keys.length > 0 && (
        <Stack gap="xs">
          <Text size="sm" fw={600}>
            {t('remove.keys')}
          </Text>
          <List size="sm">
            {made.keys.map((key) => (
              <List.Item key={key.id}>
                {key.name} ({key.begins}…)
              </List.Item>
            ))}
          </List>
          <Checkbox
            label={t('remove.endKeys')}
            checked={endsKeys}
            onChange={({ currentTarget }) => setEndsKeys(currentTarget.checked)}
          />
        </Stack>
      )}
      {made && made.invitations.length > 0 && (
        <Alert color="iris" variant="light" title={t('remove.invitations')}>
          {made.invitations.map(({ email }) => email).join(', ')}
        </Alert>
      )}
    </AskFirst>
  );
}

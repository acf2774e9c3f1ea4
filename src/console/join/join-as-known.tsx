import { Button, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { join, type OpenedInvitation } from '../api/join.ts';
import { failureSentence } from '../api/problem.ts';
import { signOut } from '../api/sign-in.ts';
import { Refused } from '../sign-in/refused.tsx';

type Props = { token: string; invited: OpenedInvitation & { signedInAs: string | null }; enter: () => void };

/** An invitation never opens an account that exists: its owner signs in first. */
export function JoinAsKnown({ token, invited: { email, signedInAs }, enter }: Props) {
  const { t } = useTranslation('signIn');
  const navigate = useNavigate();
  const joining = useMutation({ mutationFn: () => join(token), onSuccess: enter });
  const toSignIn = () => void navigate(`/sign-in?next=/join#token=${token}`);
  if (signedInAs === email) {
    return (
      <Stack>
        {joining.isError && <Refused>{failureSentence(joining.error)}</Refused>}
        <Text>{t('join.as', { email })}</Text>
        <Button size="md" loading={joining.isPending} onClick={() => joining.mutate()}>
          {t('join.submit')}
        </Button>
      </Stack>
    );
  }
  if (signedInAs !== null) {
    return (
      <Stack>
        <Text>{t('join.other', { email, current: signedInAs })}</Text>
        <Button size="md" onClick={() => void signOut().then(toSignIn)}>
          {t('join.otherDo', { email })}
        </Button>
      </Stack>
    );
  }
  return (
    <Stack>
      <Text>{t('join.known', { email })}</Text>
      <Button size="md" onClick={toSignIn}>
        {t('submit')}
      </Button>
    </Stack>
  );
}

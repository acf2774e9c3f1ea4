import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useInvited } from '../api/join.ts';
import { failureSentence } from '../api/problem.ts';
import { Loading } from '../parts/states.tsx';
import { SignInFrame } from '../sign-in/frame.tsx';
import { useLinkToken } from '../sign-in/link-token.ts';
import { JoinAsKnown } from './join-as-known.tsx';
import { JoinAsNew } from './join-as-new.tsx';

/** Where the link of an invitation to the team leads: for somebody new, and for who has an account. */
export function JoinPage() {
  const { t } = useTranslation('signIn');
  const { t: team } = useTranslation('team');
  const navigate = useNavigate();
  const token = useLinkToken();
  const { data: invited, error } = useInvited(token);
  const enter = () => void navigate('/', { replace: true });
  if (token === '' || error) {
    return (
      <SignInFrame title={t('join.over')}>
        <Text>{error ? failureSentence(error) : t('join.noToken')}</Text>
        <Anchor component={Link} to="/" size="sm">
          {t('join.goOn')}
        </Anchor>
      </SignInFrame>
    );
  }
  if (!invited) {
    return (
      <SignInFrame title={t('join.titleUnnamed')}>
        <Loading rows={4} />
      </SignInFrame>
    );
  }
  const { workspace, invitedBy, known } = invited;
  const role = team(`rolesInText.${invited.role}`);
  const title = workspace === null ? t('join.titleUnnamed') : t('join.title', { workspace });
  const says = invitedBy === null ? t('join.saysUnnamed', { role }) : t('join.says', { name: invitedBy, role });
  return (
    <SignInFrame
      title={title}
      says={
        <>
          {says} {team(`rolesSay.${invited.role}`)}
        </>
      }
    >
      {known ? (
        <JoinAsKnown token={token} invited={invited} enter={enter} />
      ) : (
        <JoinAsNew token={token} invited={invited} enter={enter} />
      )}
    </SignInFrame>
  );
}

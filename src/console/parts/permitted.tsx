import { IconLock } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Scope } from '../../platform/http/scopes.ts';
import { useMay } from '../api/me.ts';
import { ConsolePage } from './page.tsx';
import { Empty } from './states.tsx';

/** A page for whoever may; the others are told that they may not, without asking the server for anything. */
export function Permitted({ to, title, children }: { to: Scope; title: string; children: ReactNode }) {
  const { t } = useTranslation('parts');
  if (useMay(to)) return <>{children}</>;
  return (
    <ConsolePage title={title}>
      <Empty icon={IconLock} title={t('mayNot')} says={t('mayNotSays')} />
    </ConsolePage>
  );
}

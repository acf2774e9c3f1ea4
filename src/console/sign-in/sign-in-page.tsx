import { Anchor } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useNavigate, useSearchParams } from 'react-router';
import { useWaysIn } from '../api/sign-in.ts';
import { CodeStep } from './code-step.tsx';
import { ForgottenStep } from './forgotten-step.tsx';
import { SignInFrame } from './frame.tsx';
import { PasswordStep } from './password-step.tsx';
import { placeAfter } from './place-after.ts';
import { SandboxHint } from './sandbox-hint.tsx';

const steps = ['code', 'forgotten'] as const;

/** Password first, then the second factor of whoever has one; or what to do without a password. */
export function SignInPage() {
  const { t } = useTranslation('signIn');
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const { data: ways } = useWaysIn();
  const step = steps.find((name) => name === params.get('step'));
  // Each step is an address of its own, and has no fragment: what came with the first one is kept.
  const [fragment] = useState(useLocation().hash);
  const place = `${placeAfter(params.get('next'))}${fragment}`;
  const enter = () => void navigate(place, { replace: true });
  const goTo = (next: (typeof steps)[number] | null) =>
    setParams(
      (before) => {
        const after = new URLSearchParams(before);
        after.delete('error');
        if (next) after.set('step', next);
        else after.delete('step');
        return after;
      },
      { replace: next === null },
    );
  if (step === 'code') return <CodeStep enter={enter} back={() => goTo(null)} />;
  if (step === 'forgotten') return <ForgottenStep isEmailed={ways?.resetByEmail ?? false} back={() => goTo(null)} />;
  return (
    <SignInFrame title={t('title')} below={ways?.sandbox ? <SandboxHint /> : null}>
      <PasswordStep ways={ways} place={place} returned={params.get('error')} enter={enter} goTo={goTo} />
      <Anchor component={Link} to="/calculators" size="sm" ta="center">
        {t('calculators')}
      </Anchor>
    </SignInFrame>
  );
}

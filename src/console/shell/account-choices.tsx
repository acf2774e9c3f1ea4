import { useMantineColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import { useMe } from '../api/me.ts';
import { tellFailure } from '../parts/tell.ts';
import { speak } from '../words/words.ts';

/** The console follows what the account keeps, on whatever device it is signed in. */
export function AccountChoices() {
  const { user } = useMe();
  const { setColorScheme } = useMantineColorScheme();
  const language = user?.language ?? null;
  const scheme = user?.colorScheme ?? 'auto';
  useEffect(() => {
    speak(language).catch(tellFailure);
  }, [language]);
  useEffect(() => setColorScheme(scheme), [scheme, setColorScheme]);
  return null;
}

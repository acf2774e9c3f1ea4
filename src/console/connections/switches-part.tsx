import { Card, Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Switches, useChangeConnection } from '../api/connections.ts';
import { useMay } from '../api/me.ts';
import type { System } from '../api/systems.ts';
import { Section } from '../parts/section.tsx';
import { tellFailure } from '../parts/tell.ts';
import { paused } from '../theme.ts';

const groups = {
  asking: ['surveysEnabled', 'surveysPaused'],
  writing: ['writeBackEnabled', 'createContacts', 'writeBackPaused'],
  tickets: ['tagTickets', 'addTicketNotes'],
} as const satisfies Record<string, readonly (keyof Switches)[]>;

const pauses: readonly (keyof Switches)[] = ['surveysPaused', 'writeBackPaused'];

/** What the connection does; each switch holds from when it is turned. */
export function SwitchesPart({ of }: { of: System }) {
  const { t } = useTranslation('connections');
  const mayChange = useMay('connections:write');
  const change = useChangeConnection(of.id);
  // What was turned stands at once, and falls back when it is refused.
  const shown: Switches = change.isPending ? { ...of, ...change.variables } : of;
  return (
    <>
      {(Object.keys(groups) as (keyof typeof groups)[]).map((group) => (
        <Card key={group}>
          <Section title={t(`switches.${group}`)}>
            <Stack gap="md">
              {groups[group].map((one) => (
                <Switch
                  key={one}
                  label={t(`switches.${one}`)}
                  description={t(`switches.${one}Says`)}
                  checked={shown[one]}
                  disabled={!mayChange || change.isPending || (one === 'addTicketNotes' && !shown.tagTickets)}
                  {...(pauses.includes(one) ? { color: paused } : {})}
                  onChange={({ currentTarget }) =>
                    change.mutate({ [one]: currentTarget.checked }, { onError: tellFailure })
                  }
                />
              ))}
            </Stack>
          </Section>
        </Card>
      ))}
    </>
  );
}

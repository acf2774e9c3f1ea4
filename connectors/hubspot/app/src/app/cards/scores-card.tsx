import { Alert, Button, Flex, hubspot, LoadingSpinner, Text } from '@hubspot/ui-extensions';
import React, { useCallback, useEffect, useState } from 'react';
import { History } from './history.tsx';
import { Latest, listShownProperties } from './latest.tsx';
import { type PanelAnswer, type Place, panelLanguage, ticketType } from './panel.ts';
import { settings } from './settings.ts';

type Trouble = 'refused' | 'failed';
type Properties = Readonly<Record<string, string | null | undefined>>;

const slowAfter = 4000;
const longestWait = 30_000;

hubspot.extend<'crm.record.sidebar'>(({ context, actions }) => (
  <ScoresCard place={context} fetchProperties={actions.fetchCrmObjectProperties} />
));

/** The record's own properties at once, which need nothing of Scoreback; then what Scoreback knows beyond them. */
function ScoresCard({
  place,
  fetchProperties,
}: {
  place: Place;
  fetchProperties(names: string[]): Promise<Record<string, string>>;
}) {
  const language = panelLanguage(place, settings);
  const words = settings.words[language];
  const { objectId, objectTypeId } = place.crm;
  const [properties, setProperties] = useState<Properties>({});
  const [hasFields, setHasFields] = useState(true);
  const [panel, setPanel] = useState<PanelAnswer>();
  const [trouble, setTrouble] = useState<Trouble>();
  const [slow, setSlow] = useState(false);
  const [busy, setBusy] = useState(false);
  const isTicket = objectTypeId === ticketType;

  const call = useCallback(
    async (path: string, body?: Readonly<Record<string, unknown>>) => {
      setBusy(true);
      setTrouble(undefined);
      const late = setTimeout(() => setSlow(true), slowAfter);
      const query = `objectTypeId=${objectTypeId}&objectId=${objectId}&language=${language}`;
      const request = body ? { method: 'POST' as const, body } : { method: 'GET' as const };
      try {
        const url = `${settings.url}/panel/hubspot${path}?${query}`;
        const response = await hubspot.fetch(url, { ...request, timeout: longestWait });
        if (response.ok) setPanel(await response.json());
        else setTrouble(response.status === 401 || response.status === 403 ? 'refused' : 'failed');
      } catch {
        setTrouble('failed');
      } finally {
        clearTimeout(late);
        setSlow(false);
        setBusy(false);
      }
    },
    [objectTypeId, objectId, language],
  );

  useEffect(() => {
    fetchProperties(listShownProperties(isTicket, settings)).then(
      (found) => {
        setProperties(found);
        setHasFields(Object.keys(found).length > 0);
      },
      () => setHasFields(false),
    );
    void call('');
  }, [isTicket, fetchProperties, call]);

  if (!words) return <Text>{settings.url}</Text>;
  return (
    <Flex direction="column" gap="md">
      <Latest properties={{ ...properties, ...panel?.properties }} alone={!panel} {...{ words, settings }} />
      {hasFields || panel ? null : <Text variant="microcopy">{words.noFields}</Text>}
      {panel ? (
        <History {...{ panel, words, language, place, busy }} press={(path, body) => void call(path, body)} />
      ) : null}
      {trouble ? <Alert title={words[trouble]} variant={trouble === 'refused' ? 'warning' : 'error'} /> : null}
      {trouble === 'failed' ? (
        <Button variant="secondary" size="sm" onClick={() => void call('')}>
          {words.retry}
        </Button>
      ) : null}
      {busy && !panel ? <LoadingSpinner label={slow ? words.slow : words.loading} showLabel layout="inline" /> : null}
    </Flex>
  );
}

import { Alert, Button, Divider, Flex, Heading, Link, Text } from '@hubspot/ui-extensions';
import React from 'react';
import { fill, type GivenAnswer, type PanelAnswer, type Place, ticketLink, type Words } from './panel.ts';

/** What Scoreback answered: whether they may be asked, the two buttons, and the latest answers. */
export function History({
  panel,
  words,
  language,
  place,
  busy,
  press,
}: {
  panel: PanelAnswer;
  words: Words;
  language: string;
  place: Place;
  busy: boolean;
  press(path: string, body: Readonly<Record<string, unknown>>): void;
}) {
  const { known, next, outcome, doNotSurvey, history, host } = panel;
  return (
    <Flex direction="column" gap="sm">
      {known ? null : <Text>{words.unknownContact}</Text>}
      {known && history.length === 0 ? <Text>{words.noAnswer}</Text> : null}
      {outcome ? <Alert title={outcome.sentence} variant="info" /> : null}
      {outcome?.sentence === next.sentence ? null : <Text>{next.sentence}</Text>}
      <Flex direction="row" gap="sm" wrap="wrap">
        <Button
          variant="secondary"
          size="sm"
          disabled={busy || next.when !== 'now'}
          onClick={() => press('/ask', { key: `${Date.now()}` })}
        >
          {words.ask}
        </Button>
        <Button
          variant="secondary"
          size="sm"
          disabled={busy}
          onClick={() => press('/do-not-survey', { doNotSurvey: !doNotSurvey })}
        >
          {doNotSurvey ? words.allow : words.doNotSurvey}
        </Button>
      </Flex>
      {history.length === 0 ? null : (
        <>
          <Divider />
          <Heading>{words.history}</Heading>
          <Flex direction="column" gap="md">
            {history.map((answer) => (
              <Entry key={answer.answeredAt + answer.metric} {...{ answer, words, language, place, host }} />
            ))}
          </Flex>
        </>
      )}
    </Flex>
  );
}

function Entry({
  answer,
  words,
  language,
  place,
  host,
}: {
  answer: GivenAnswer;
  words: Words;
  language: string;
  place: Place;
  host: string | undefined;
}) {
  const { metric, rating, highest, comment, answeredAt, ticket, counts } = answer;
  const day = new Date(answeredAt.slice(0, 10)).toLocaleDateString(language, { dateStyle: 'medium', timeZone: 'UTC' });
  const facts = [`${metric.toUpperCase()} ${fill(words.rating, { rating, highest })}`, day];
  const named =
    ticket === null ? '' : fill(words.ticket, { ticket: ticket.here ? ticket.id : `${ticket.id} (${ticket.system})` });
  return (
    <Flex direction="column" gap="xs">
      <Text variant="microcopy">{[...facts, ...(counts ? [] : [words.retracted])].join(' · ')}</Text>
      {comment === null ? null : <Text>{comment}</Text>}
      {ticket?.here && host ? <Link href={ticketLink(place, host, ticket.id)}>{named}</Link> : null}
      {ticket && !(ticket.here && host) ? <Text variant="microcopy">{named}</Text> : null}
    </Flex>
  );
}

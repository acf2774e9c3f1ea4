import { afterEach, beforeEach, describe, it } from 'vitest';
import { connectors } from '../../connectors/index.ts';
import type { ConnectorHarness } from './harness.ts';
import { type Meeting, startMeeting } from './meeting.ts';

export type { Meeting } from './meeting.ts';

/** Of every connector that has a simulator. */
export const simulatedHarnesses = await Promise.all(
  connectors
    .filter(({ simulate }) => simulate)
    .map(async ({ name }): Promise<ConnectorHarness> => {
      return (await import(`../../connectors/${name}/fixtures/harness.ts`)).harness;
    }),
);

/**
 * Asks the same of every connector that has a simulator. Connector and simulator are written from the vendor's
 * documents by different hands: where they disagree, one is wrong.
 *
 * @param subject goes on from "HubSpot and its simulator agree on"
 * @param ask its tests begin with the meeting they are given, and skip what the simulator has no hand for
 * @param concerns whom it is asked of, by what the harness says that the connector can do
 */
export function describeOnSimulators(
  subject: string,
  ask: (meeting: () => Meeting, harness: ConnectorHarness) => void,
  concerns: (harness: ConnectorHarness) => boolean = () => true,
): void {
  for (const harness of simulatedHarnesses.filter(concerns)) {
    describe(`${harness.connector.title} and its simulator agree on ${subject}`, () => {
      let meeting: Meeting;
      beforeEach(async () => {
        meeting = await startMeeting(harness);
      });
      afterEach(() => meeting.end());
      ask(() => meeting, harness);
    });
  }
}

/** One thing that is asked of a connector beside its simulator. `ask` throws where it is not so. */
export type SimulatedQuestion = {
  title: string;
  /** Whom it is asked of; everybody unless given. */
  concerns?(harness: ConnectorHarness): boolean;
  ask(meeting: Meeting): Promise<void>;
};

/** Asks these questions of every connector that they concern. @param subject as for `describeOnSimulators` */
export function askOnSimulators(subject: string, questions: readonly SimulatedQuestion[]): void {
  describeOnSimulators(
    subject,
    (meeting, harness) => {
      for (const { title, concerns, ask } of questions) {
        if (concerns?.(harness) ?? true) it(title, () => ask(meeting()));
      }
    },
    (harness) => questions.some(({ concerns }) => concerns?.(harness) ?? true),
  );
}

import { describe, expect, it } from 'vitest';
import { type SimulatedFault, simulatedFaults } from './broken/on-simulators.ts';
import { lastingMarkQuestions } from './lasting-marks.ts';
import { lookUpQuestions } from './look-ups.ts';
import { startMeeting } from './meeting.ts';
import { oddAnswerQuestions } from './odd-answers.ts';
import { askOnSimulators, simulatedHarnesses } from './on-simulators.ts';
import { factQuestions } from './ticket-facts.ts';

askOnSimulators('facts of tickets and contacts', factQuestions);
askOnSimulators('looking up many, and by any address', lookUpQuestions);
askOnSimulators('answers that nobody foresees', oddAnswerQuestions);
askOnSimulators('marks that last', lastingMarkQuestions);

const questions = [...factQuestions, ...lookUpQuestions, ...oddAnswerQuestions, ...lastingMarkQuestions];

function questionFor({ foundBy }: SimulatedFault) {
  const question = questions.find(({ title }) => foundBy.test(title));
  if (!question) throw new Error(`No question matches ${foundBy}.`);
  return question;
}

for (const harness of simulatedHarnesses) {
  describe(`the contract suite finds a connector for ${harness.connector.title} that`, () => {
    for (const fault of simulatedFaults) {
      const question = questionFor(fault);
      if (!(question.concerns?.(harness) ?? true) || !(fault.concerns?.(harness) ?? true)) continue;
      it(fault.fault, async () => {
        const meeting = await startMeeting(harness, fault.breaks(harness.connector));
        await expect(question.ask(meeting).finally(() => meeting.stop())).rejects.toThrow();
      });
    }
  });
}

it('has a fault for every question about what a vendor’s simulator shows', () => {
  const proven = new Set(simulatedFaults.map((fault) => questionFor(fault).title));
  expect(questions.map(({ title }) => title).filter((title) => !proven.has(title))).toEqual([]);
});

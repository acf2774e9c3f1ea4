import { exampleConnector as sound } from '../example/connector.ts';
import type { Fault } from './fault.ts';

const [way] = sound.guide.keys;
if (!way) throw new Error('the example has a way to be connected');

export const faultyGuides: readonly Fault[] = [
  {
    fault: 'leaves a setting without words',
    foundBy: /^has a label and a help/u,
    breaks: {
      guide: { ...sound.guide, fields: { ...sound.guide.fields, EXAMPLE_TOKEN: { label: 'EXAMPLE_TOKEN', help: '' } } },
    },
  },
  {
    fault: 'asks for a setting that there is not',
    foundBy: /^names in each way/u,
    breaks: { guide: { ...sound.guide, keys: [{ ...way, may: ['EXAMPLE_COLOR'] }] } },
  },
  {
    fault: 'asks for less than it needs',
    foundBy: /^connects by what each way needs/u,
    breaks: { guide: { ...sound.guide, keys: [{ ...way, needs: ['EXAMPLE_WEBHOOK_SECRET'], may: [] }] } },
  },
  {
    fault: 'leaves a place open',
    foundBy: /^says what to do before/u,
    breaks: { guide: { ...sound.guide, keys: [{ ...way, steps: ['Copy it to {somewhere}.'] }] } },
  },
  {
    fault: 'says nothing of itself',
    foundBy: /^says of itself/u,
    breaks: { guide: { ...sound.guide, summary: { en: '' } } },
  },
  {
    fault: 'names a workflow step without actions',
    foundBy: /^says of itself/u,
    breaks: { guide: { ...sound.guide, workflowStep: 'Send a survey' } },
  },
  {
    fault: 'tells of a consent that there is not',
    foundBy: /^tells of consent/u,
    breaks: { guide: { ...sound.guide, consent: { title: 'Allow it', steps: ['Allow it.'], needs: [] } } },
  },
];

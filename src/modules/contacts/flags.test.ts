import { describe, expect, test } from 'vitest';
import { ces, csat, none, nps } from '../../../test/answers.ts';
import type { Response } from '../../model/response.ts';
import { fieldValues } from './crm-fields.ts';

describe('at risk', () => {
  const unhappy = [csat(2, 1), csat(1, 2), csat(2, 3)];

  test.each<[string, readonly Response[]]>([
    ['three negative CSATs in a row and a detractor', [...unhappy, nps(6, 4)]],
    ['whichever came last', [nps(0, 0), ...unhappy]],
    ['a positive one before the three does not count', [csat(5, 0), ...unhappy, nps(6, 4)]],
    ['on whatever scale', [csat(4, 1, { scale: 10 }), ...unhappy.slice(1), nps(6, 4)]],
  ])('is %s', (_, responses) => {
    expect(fieldValues(responses, none)).toMatchObject({ feedback_at_risk: true, feedback_advocate: false });
  });

  test.each<[string, readonly Response[]]>([
    ['without an NPS', unhappy],
    ['a passive', [...unhappy, nps(7, 4)]],
    ['a contact who was a detractor', [...unhappy, nps(6, 4), nps(9, 5)]],
    ['after two negative CSATs', [...unhappy.slice(1), nps(6, 4)]],
    ['after a neutral one', [...unhappy, csat(3, 4), nps(6, 5)]],
    ['with a neutral one between', [csat(2, 1), csat(3, 2), csat(2, 3), nps(6, 4)]],
    ['for hard efforts', [ces(1, 1), ces(1, 2), ces(1, 3), nps(6, 4)]],
  ])('is not: %s', (_, responses) => {
    expect(fieldValues(responses, none)).toMatchObject({ feedback_at_risk: false, feedback_flag_reason: null });
  });

  test('says why', () => {
    expect(fieldValues([...unhappy, csat(3, 4, { scale: 10 }), nps(6, 5)], none).feedback_flag_reason).toBe(
      'Gave 6 in NPS and was dissatisfied three times in a row (1 of 5, 2 of 5, 3 of 10).',
    );
  });

  test('ends with its reason when an answer is retracted', () => {
    expect(fieldValues(unhappy, { ...none, known: ['nps', 'csat'] })).toMatchObject({
      feedback_at_risk: false,
      feedback_flag_reason: null,
    });
  });
});

describe('an advocate', () => {
  test.each<[string, readonly Response[]]>([
    ['a promoter whose latest CSAT is positive', [csat(4, 1), nps(9, 2)]],
    ['whichever came last', [nps(10, 1), csat(5, 2)]],
    ['whatever went before', [nps(0, 1), csat(1, 2), nps(9, 3), csat(4, 4)]],
  ])('is %s', (_, responses) => {
    expect(fieldValues(responses, none)).toMatchObject({ feedback_advocate: true, feedback_at_risk: false });
  });

  test.each<[string, readonly Response[]]>([
    ['a promoter alone', [nps(10, 1)]],
    ['a positive CSAT alone', [csat(5, 1)]],
    ['a passive', [csat(5, 1), nps(8, 2)]],
    ['a promoter whose latest CSAT is neutral', [csat(5, 1), nps(9, 2), csat(3, 3)]],
    ['a contact who was a promoter', [nps(9, 1), csat(5, 2), nps(7, 3)]],
    ['for easy efforts', [nps(9, 1), ces(7, 2)]],
  ])('is not: %s', (_, responses) => {
    expect(fieldValues(responses, none)).toMatchObject({ feedback_advocate: false, feedback_flag_reason: null });
  });

  test('says why', () => {
    expect(fieldValues([csat(4, 1), nps(9, 2)], none).feedback_flag_reason).toBe('Gave 9 in NPS and 4 of 5 in CSAT.');
  });
});

import { describe, expect, it } from 'vitest';
import { BadRequest, UntrustedWebhook } from '../../src/model/errors.ts';
import { actions } from './actions.ts';

const secret = 'yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy';
const url = 'https://www.example.com/webhook_uri';
const plain = Buffer.from('{"example_field":"example_value"}');
const now = new Date(1693657560000);
/** Made by HubSpot's own documentation. */
const second = '9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900';
const third = 'oaA3M5dEtt6kFsseJD/Hv/x+JNl1vsoxFj4oxmwP6Go=';

const request = (headers: Record<string, string>, body = plain) => ({ method: 'POST', url, headers, body });

describe('the proof of a step', () => {
  it('is version 2 of the signature, by any secret that is in use', () => {
    expect(actions.verify(request({ 'x-hubspot-signature': second }), ['older', secret], now)).toBe(secret);
  });

  it('is version 3 where HubSpot sends it, and then nothing less', () => {
    const headers = { 'x-hubspot-signature-v3': third, 'x-hubspot-request-timestamp': String(now.getTime()) };
    expect(actions.verify(request(headers), [secret], now)).toBe(secret);
    const wrong = { ...headers, 'x-hubspot-signature-v3': `A${third.slice(1)}`, 'x-hubspot-signature': second };
    expect(() => actions.verify(request(wrong), [secret], now)).toThrow(UntrustedWebhook);
  });

  it.each([
    ['without a signature', {}, plain],
    ['with another one', { 'x-hubspot-signature': second.replace('9', '8') }, plain],
    ['over another body', { 'x-hubspot-signature': second }, Buffer.from('{}')],
  ])('fails %s', (_how, headers, body) => {
    expect(() => actions.verify(request(headers, body), [secret], now)).toThrow(UntrustedWebhook);
  });

  it('fails without a secret', () => {
    expect(() => actions.verify(request({ 'x-hubspot-signature': second }), [''], now)).toThrow(UntrustedWebhook);
  });
});

/** As HubSpot documents it. */
const execution = {
  callbackId: 'ap-102670506-56776413549-7-0',
  origin: { portalId: 102670506, actionDefinitionId: 10860211, actionDefinitionVersion: 1 },
  context: { source: 'WORKFLOWS', workflowId: 192814114 },
  object: { objectId: 904, properties: { email: 'x@example.com' }, objectType: 'CONTACT' },
  inputFields: { survey: 'after-ticket' },
};
const read = (changes: object = {}) => actions.read(Buffer.from(JSON.stringify({ ...execution, ...changes })));

describe('what a step says', () => {
  it('is whom to send which survey', () => {
    expect(read()).toEqual({
      account: '102670506',
      recordId: '904',
      survey: 'after-ticket',
      key: 'ap-102670506-56776413549-7-0',
    });
  });

  it.each([
    ['inputFields.survey', { inputFields: {} }, 'field.required'],
    ['object.objectType', { object: { ...execution.object, objectType: 'DEAL' } }, 'field.not_one_of'],
    ['callbackId', { callbackId: undefined }, 'field.required'],
  ])('is refused by %s', (field, changes, code) => {
    const failure = (() => {
      try {
        return read(changes);
      } catch (caught) {
        return caught;
      }
    })();
    expect(failure).toBeInstanceOf(BadRequest);
    expect(failure).toMatchObject({ code: 'step_invalid', problems: [{ field, message: { code } }] });
  });
});

it('whoever is withheld goes on through the workflow', () => {
  expect(actions.answer({ verdict: 'skipped', reason: 'quiet_period', message: 'They were asked.' })).toEqual({
    outputFields: {
      hs_execution_state: 'SUCCESS',
      verdict: 'skipped',
      reason: 'quiet_period',
      message: 'They were asked.',
    },
  });
});

import { expect, it } from 'vitest';
import { guide } from './guide.ts';
import { requiredScopes } from './scopes.ts';

it('an admin grants in each way what the app asks for', () => {
  for (const { scopes = [] } of [...guide.keys, ...(guide.consent ? [guide.consent] : [])]) {
    const required = scopes.flatMap(({ name, required }) => (required ? [name] : []));
    expect(required.toSorted()).toEqual([...requiredScopes].toSorted());
  }
});

import type { Finding } from '../../src/connector.ts';
import type { AccountField } from '../../src/model/account-fields.ts';
import { aboutField, type FindingAbout, plainFinding } from '../../src/model/messages/finding.ts';
import type { Property } from './account-schema.ts';
import { compare } from './fields.ts';
import { say } from './messages.ts';

/** What findings call a type of object. */
export type ObjectNoun = 'contact' | 'ticket';

/** All our properties of a type of object. */
export function aboutFields(noun: ObjectNoun): FindingAbout {
  return { kind: noun === 'contact' ? 'fields' : 'ticket_fields' };
}

/** How a property of ours stands. */
export function fieldFinding(field: AccountField, existing: Property | undefined): Finding {
  const about = aboutField(field);
  const { name } = field;
  if (!existing) return { about, state: 'missing', code: 'field.missing', params: { name } };
  const fit = compare(field, existing);
  if ('lacks' in fit) {
    const options = fit.lacks.map(({ value }) => value);
    return { about, state: 'missing', code: 'field.options_missing', params: { name, options } };
  }
  return fit.fits ? plainFinding(about, 'fine') : { about, state: 'blocked', ...fit.why };
}

export function archivedFinding(noun: ObjectNoun, field: AccountField): Finding {
  const params = { kind: noun, name: field.name };
  return { about: aboutField(field), state: 'blocked', ...say({ code: 'hubspot.property_archived', params }) };
}

import type { Finding } from '../../src/connector.ts';
import type { AccountField } from '../../src/domain/account-fields.ts';
import type { Property } from './account-schema.ts';
import { compare } from './fields.ts';

export function subjectOf(field: AccountField): string {
  return `field ${field.key}`;
}

/**
 * How a property of ours stands.
 *
 * @param noun as findings call the type of object: `contact` or `ticket`
 */
export function fieldFinding(noun: string, field: AccountField, existing: Property | undefined): Finding {
  const subject = subjectOf(field);
  if (!existing) return { subject, state: 'missing', detail: `There is no ${noun} property ${field.name} yet.` };
  const fit = compare(field, existing);
  if ('lacks' in fit) {
    const values = fit.lacks.map(({ value }) => value).join(', ');
    return { subject, state: 'missing', detail: `The ${noun} property ${field.name} lacks the options ${values}.` };
  }
  if (fit.fits) return { subject, state: 'fine' };
  const { because, remedy = 'Rename or delete it in HubSpot, so that it can be made anew.' } = fit;
  const detail = `${field.name}: ${because}.`;
  return { subject, state: 'blocked', detail, remedy: `${remedy} Nothing is written into it until then.` };
}

export function archivedFinding(noun: string, field: AccountField): Finding {
  const detail = `An archived ${noun} property has the name ${field.name}.`;
  return {
    subject: subjectOf(field),
    state: 'blocked',
    detail,
    remedy: 'Restore it in HubSpot, or delete it for good.',
  };
}

import { isMachineAddress } from '../../machine.ts';
import { type Rule, recordsAt } from '../facts.ts';

/** Mail to a machine is answered by nobody, or by another mail that becomes a ticket. */
export const machine: Rule = {
  reason: 'machine',
  judge({ contact, machineAddresses }) {
    if (contact && recordsAt(contact).some((record) => record.machine)) {
      return { skipped: { code: 'machine', params: { kind: 'known' } } };
    }
    return contact?.email !== undefined && isMachineAddress(contact.email, machineAddresses)
      ? { skipped: { code: 'machine', params: { kind: 'address' } } }
      : undefined;
  },
};

import { isMachineAddress } from '../../machine.ts';
import { type Rule, recordsAt } from '../facts.ts';

/** Mail to a machine is answered by nobody, or by another mail that becomes a ticket. */
export const machine: Rule = {
  reason: 'machine',
  judge({ person, machineAddresses }) {
    if (person && recordsAt(person).some((record) => record.machine)) {
      return { skipped: { code: 'machine', params: { kind: 'known' } } };
    }
    return person?.email !== undefined && isMachineAddress(person.email, machineAddresses)
      ? { skipped: { code: 'machine', params: { kind: 'address' } } }
      : undefined;
  },
};

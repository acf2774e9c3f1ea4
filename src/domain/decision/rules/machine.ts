import { isMachineAddress } from '../../machine.ts';
import { type Rule, recordsAt } from '../facts.ts';

/** Mail to a machine is answered by nobody, or by another mail that becomes a ticket. */
export const machine: Rule = {
  reason: 'machine',
  judge({ person, machineAddresses }) {
    if (person && recordsAt(person).some((record) => record.machine)) {
      return { withheld: 'The connected system knows their address to be a machine’s, such as a mailing list.' };
    }
    return person?.email !== undefined && isMachineAddress(person.email, machineAddresses)
      ? { withheld: 'Their address is one that no person reads, such as that of a mail server.' }
      : undefined;
  },
};

import { notifications } from '@mantine/notifications';
import { sentenceOf } from '../api/problem.ts';

/** Says that something was done. */
export function tell(message: string): void {
  notifications.show({ message, color: 'teal' });
}

/** Says why something could not be done, and stays until it is read. */
export function tellFailure(failure: unknown): void {
  notifications.show({ message: sentenceOf(failure), color: 'red', autoClose: false });
}

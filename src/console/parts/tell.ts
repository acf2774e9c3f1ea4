import { notifications } from '@mantine/notifications';
import i18next from 'i18next';
import { failureSentence, problemsByField } from '../api/problem.ts';

const closing = () => ({ closeButtonProps: { 'aria-label': i18next.t('close', { ns: 'parts' }) } });

/** Says that something was done. */
export function tell(message: string): void {
  notifications.show({ message, color: 'teal', ...closing() });
}

/** Says why something could not be done, and stays until it is read. */
export function tellFailure(failure: unknown): void {
  notifications.show({ message: failureSentence(failure), color: 'red', autoClose: false, ...closing() });
}

/**
 * Says why a form was refused: beside its fields, else as `tellFailure` does.
 *
 * @param show as a form's `setErrors`
 */
export function tellBeside(show: (problems: Record<string, string>) => void, failure: unknown): void {
  const problems = problemsByField(failure);
  show(problems);
  if (Object.keys(problems).length === 0) tellFailure(failure);
}

import { Alert, Button, Collapse, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconWand } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { KeyField, KeysWay } from '../api/connections.ts';
import { failureSentence, problemsByField } from '../api/problem.ts';

export type KeysFormProps = {
  way: KeysWay;
  isSimulated: boolean;
  /** What the button says. */
  act: string;
  isBusy: boolean;
  failure: unknown;
  /** @param done empties the form again */
  send: (settings: Readonly<Record<string, string>>, done: () => void) => void;
};

/** The keys of one way; what the vendor does not take is said beside the field. */
export function KeysForm({ way, isSimulated, act, isBusy, failure, send }: KeysFormProps) {
  const { t } = useTranslation('connections');
  const empty = Object.fromEntries(way.fields.map(({ key }) => [key, '']));
  const form = useForm<Record<string, string>>({ initialValues: empty });
  const [isOpen, { toggle }] = useDisclosure(false);
  const { setErrors } = form;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the form is another one with every change of it
  useEffect(() => {
    const problems = Object.entries(problemsByField(failure));
    setErrors(Object.fromEntries(problems.map(([field, problem]) => [field.replace(/^settings\./u, ''), problem])));
  }, [failure]);
  const placed = way.fields.some(({ key }) => problemsByField(failure)[`settings.${key}`] !== undefined);
  const usual = way.fields.filter(({ required, advanced }) => required || !advanced);
  const advanced = way.fields.filter((field) => !usual.includes(field));

  const fill = () => form.setValues(Object.fromEntries(way.fields.map(({ key, simulated }) => [key, simulated ?? ''])));
  const submit = form.onSubmit((values) => {
    const given = Object.entries(values).flatMap(([key, value]) => (value.trim() === '' ? [] : [[key, value.trim()]]));
    send(Object.fromEntries(given), () => form.reset());
  });
  const field = (of: KeyField) => <One key={of.key} of={of} props={form.getInputProps(of.key)} />;
  return (
    <form onSubmit={submit} autoComplete="off">
      <Stack gap="md">
        {failure != null && !placed && (
          <Alert color="red" variant="light" role="alert">
            {failureSentence(failure)}
          </Alert>
        )}
        {isSimulated && (
          <Alert variant="light" color="iris">
            <Group justify="space-between">
              {t('new.simulated')}
              <Button size="xs" variant="default" leftSection={<IconWand size={14} aria-hidden />} onClick={fill}>
                {t('new.fill')}
              </Button>
            </Group>
          </Alert>
        )}
        {usual.map(field)}
        {advanced.length > 0 && (
          <div>
            <Button variant="subtle" size="compact-sm" px={0} aria-expanded={isOpen} onClick={toggle}>
              {t('new.advanced')}
            </Button>
            <Collapse expanded={isOpen}>
              <Stack gap="md" pt="sm">
                {advanced.map(field)}
              </Stack>
            </Collapse>
          </div>
        )}
        <Group>
          <Button type="submit" loading={isBusy}>
            {act}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function One({ of: { label, help, secret, required, example }, props }: { of: KeyField; props: object }) {
  const { t } = useTranslation('connections');
  const Input = secret ? PasswordInput : TextInput;
  return (
    <Input
      label={label}
      description={help}
      required={required}
      spellCheck={false}
      autoComplete="off"
      {...(example === null ? {} : { placeholder: t('new.example', { example }) })}
      {...props}
    />
  );
}

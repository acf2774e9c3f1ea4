import { TextInput, type TextInputProps } from '@mantine/core';

/** Six digits of an authenticator app: one field, so that it can be pasted, filled in by the browser and read aloud. */
export function CodeField(props: TextInputProps) {
  return (
    <TextInput
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={7}
      required
      autoFocus
      styles={{ input: { fontVariantNumeric: 'tabular-nums', letterSpacing: '0.2em', fontSize: '1.15rem' } }}
      {...props}
    />
  );
}

import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';

type Props = Omit<TextInputProps, 'value' | 'onChange'> & {
  value: string | undefined;
  /** Nothing when it was emptied. */
  set: (value: string | undefined) => void;
};

/** For what is wrong until it is complete, such as an address: it is taken over when one leaves it, or presses Enter. */
export function LateInput({ value = '', set, ...others }: Props) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  // Changed from elsewhere.
  if (known !== value) {
    setKnown(value);
    setTyped(value);
  }
  const take = () => {
    const said = typed.trim();
    if (said === value) return;
    setKnown(said);
    set(said === '' ? undefined : said);
  };
  return (
    <TextInput
      {...others}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={take}
      onKeyDown={({ key }) => key === 'Enter' && take()}
    />
  );
}

import { NumberInput } from '@mantine/core';
import type { Counts } from './counts.ts';

type Props = {
  of: string;
  counts: Counts;
  label: string;
  says?: string;
  highest?: number;
  decimals?: number;
};

/** One number of the address. */
export function NumberField({ of, counts, label, says, highest = 1e9, decimals = 0 }: Props) {
  return (
    <NumberInput
      label={label}
      description={says}
      min={0}
      max={highest}
      decimalScale={decimals}
      allowNegative={false}
      value={counts.read(of) ?? ''}
      onChange={(value) => counts.write(of, value)}
      inputMode={decimals === 0 ? 'numeric' : 'decimal'}
    />
  );
}

import { Group, Input, NativeSelect, NumberInput } from '@mantine/core';
import { useId } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EditedDuration, readLength, type Unit, units, writeLength } from './duration.ts';

type Props = {
  label: string;
  description?: ReactNode;
  error?: string | undefined;
  /** As ISO 8601 writes it. */
  value: string;
  set: (value: string) => void;
  /** The units that make sense here. */
  offered?: readonly Unit[];
  disabled?: boolean;
};

/** A length of time: how many, and of what. */
export function DurationField({ label, description, error, value, set, offered = units, disabled = false }: Props) {
  const { t } = useTranslation('parts');
  const id = useId();
  const [shown, setShown] = useState<EditedDuration>(() => readLength(value));
  // Changed from elsewhere.
  const said = writeLength(shown) === value ? shown : readLength(value);
  const change = (after: EditedDuration) => {
    setShown(after);
    set(writeLength(after));
  };
  return (
    <Input.Wrapper label={label} labelProps={{ htmlFor: id }} description={description} error={error}>
      <Group gap="xs" mt={6} wrap="nowrap">
        <NumberInput
          id={id}
          w={96}
          min={0}
          max={9999}
          allowDecimal={false}
          allowNegative={false}
          value={said.count}
          error={error !== undefined}
          disabled={disabled}
          onChange={(count) => change({ ...said, count: Number(count) || 0 })}
        />
        <NativeSelect
          w={120}
          aria-label={t('unitOf', { label })}
          data={[...new Set([...offered, said.unit])].map((unit) => ({
            value: unit,
            label: t(`units.${unit}`, { count: said.count }),
          }))}
          value={said.unit}
          disabled={disabled}
          onChange={({ currentTarget }) => change({ ...said, unit: currentTarget.value as Unit })}
        />
      </Group>
    </Input.Wrapper>
  );
}

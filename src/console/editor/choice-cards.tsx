import { Group, Radio, Stack, Text } from '@mantine/core';
import classes from './editor.module.css';

type Props<Value extends string> = {
  label: string;
  value: Value;
  set: (value: Value) => void;
  options: readonly { value: Value; label: string; says: string }[];
  disabled?: boolean;
  error?: string | undefined;
};

/** One of few, each with what it means. */
export function ChoiceCards<Value extends string>({
  label,
  value,
  set,
  options,
  disabled = false,
  error,
}: Props<Value>) {
  return (
    <Radio.Group label={label} value={value} onChange={(chosen) => set(chosen as Value)} error={error}>
      <Stack gap="xs" mt={6}>
        {options.map((option) => (
          <Radio.Card key={option.value} value={option.value} disabled={disabled} className={classes.choice ?? ''}>
            <Group wrap="nowrap" align="flex-start" gap="sm">
              <Radio.Indicator mt={2} disabled={disabled} />
              <div>
                <Text size="sm" fw={600}>
                  {option.label}
                </Text>
                <Text size="sm" c="dimmed">
                  {option.says}
                </Text>
              </div>
            </Group>
          </Radio.Card>
        ))}
      </Stack>
    </Radio.Group>
  );
}

import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** Fields that belong together, under what they have in common. */
export function Section({ title, says, children }: { title: string; says?: ReactNode; children: ReactNode }) {
  return (
    <Stack component="section" gap="md">
      <div>
        <Title order={2} size="h4">
          {title}
        </Title>
        {says && (
          <Text size="sm" c="dimmed">
            {says}
          </Text>
        )}
      </div>
      {children}
    </Stack>
  );
}

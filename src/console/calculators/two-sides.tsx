import { Card, SimpleGrid, Stack } from '@mantine/core';
import type { ReactNode } from 'react';

/** What is filled in, and what comes out. */
export function TwoSides({ fields, result }: { fields: ReactNode; result: ReactNode }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="lg">
      <Card padding="xl">
        <Stack gap="md">{fields}</Stack>
      </Card>
      {result}
    </SimpleGrid>
  );
}

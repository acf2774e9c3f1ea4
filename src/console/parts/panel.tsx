import { Card, Grid, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

/** One matter of a page of settings: what it is about on the left, what can be done on the right. */
export function SettingsPanel({ title, says, children }: { title: string; says?: ReactNode; children: ReactNode }) {
  return (
    <Card component="section" padding="xl">
      <Grid gap={{ base: 'md', md: 'xl' }}>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <Title order={2} size="h5">
            {title}
          </Title>
          {says && (
            <Text size="sm" c="dimmed" mt={4}>
              {says}
            </Text>
          )}
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 8 }}>{children}</Grid.Col>
      </Grid>
    </Card>
  );
}

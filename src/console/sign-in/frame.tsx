import { Card, Center, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { Mark } from '../shell/mark.tsx';

/** Around what one sees before one is signed in. */
export function SignInFrame({
  title,
  says,
  below,
  children,
}: {
  title: string;
  says?: ReactNode;
  below?: ReactNode;
  children: ReactNode;
}) {
  useEffect(() => {
    document.title = `${title} · Scoreback`;
  }, [title]);
  return (
    <Center
      component="main"
      mih="100dvh"
      p="md"
      bg="light-dark(var(--mantine-color-gray-0), var(--mantine-color-dark-8))"
    >
      <Stack w="100%" maw={420} gap="lg">
        <Mark />
        <Card padding="xl" radius="lg" shadow="sm">
          <Stack gap="lg">
            <div>
              <Title order={1} size="h3">
                {title}
              </Title>
              {says && <Text c="dimmed">{says}</Text>}
            </div>
            {children}
          </Stack>
        </Card>
        {below}
      </Stack>
    </Center>
  );
}

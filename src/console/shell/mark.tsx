import { Group, Text } from '@mantine/core';
import { Link } from 'react-router';

/** Our name, which leads home. */
export function Mark() {
  return (
    <Group
      gap={10}
      wrap="nowrap"
      component={Link}
      renderRoot={(props) => <Link to="/" {...props} />}
      td="none"
      c="inherit"
    >
      <svg width="26" height="26" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="#3b3fb6" />
        <path
          d="M9 17.5 13.5 22 23 10.5"
          fill="none"
          stroke="#fff"
          strokeWidth="3.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <Text fw={700} size="lg" lts="-0.01em">
        Scoreback
      </Text>
    </Group>
  );
}

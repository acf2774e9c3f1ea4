import { Anchor, Button, Card, Group, Stack, Text } from '@mantine/core';
import { IconPlus, IconTag } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { createPalette } from '../../model/palette.ts';
import { brandsQuery } from '../api/brands.ts';
import { useMay } from '../api/me.ts';
import classes from '../editor/editor.module.css';
import { Loaded } from '../parts/loaded.tsx';
import { ConsolePage } from '../parts/page.tsx';
import { Status } from '../parts/rating.tsx';
import { Empty } from '../parts/states.tsx';

/** Under whose names the workspace writes. */
export function BrandsPage() {
  const { t } = useTranslation('brands');
  const { t: surveys } = useTranslation('surveys');
  const mayWrite = useMay('surveys:write');
  const found = useQuery(brandsQuery);
  const create = mayWrite && (
    <Button component={Link} to="/surveys/brands/new" leftSection={<IconPlus size={16} aria-hidden />}>
      {t('new')}
    </Button>
  );
  return (
    <Stack gap="xs">
      <Anchor component={Link} to="/surveys" size="sm">
        {surveys('back')}
      </Anchor>
      <ConsolePage title={t('title')} says={t('says')} actions={create}>
        <Loaded query={found}>
          {({ items }) =>
            items.length === 0 ? (
              <Card padding={0}>
                <Empty icon={IconTag} title={t('empty')} says={t('emptySays')} action={create} />
              </Card>
            ) : (
              <Stack gap="sm">
                {items.map(({ key, name, branding, from, tickets, hasEmailServer }) => {
                  const { fill, onFill } = createPalette(branding.color);
                  return (
                    <Card key={key} padding="md">
                      <Group wrap="nowrap">
                        <span className={classes.swatch} style={{ background: fill, color: onFill }} aria-hidden>
                          {name.slice(0, 1)}
                        </span>
                        <div style={{ flex: 1, minWidth: 0 }}>
                          <Anchor component={Link} to={`/surveys/brands/${key}`} fw={600} c="inherit" underline="hover">
                            {name}
                          </Anchor>
                          <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                            {[from?.address, tickets.length > 0 && t('tickets', { brands: tickets.join(', ') })]
                              .filter(Boolean)
                              .join(' · ')}
                          </Text>
                        </div>
                        {hasEmailServer && <Status of="server">{t('ownServer')}</Status>}
                      </Group>
                    </Card>
                  );
                })}
              </Stack>
            )
          }
        </Loaded>
      </ConsolePage>
    </Stack>
  );
}

import { Button, Menu } from '@mantine/core';
import { IconDownload, IconFileSpreadsheet, IconFileTypeCsv } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Query, urlWithQuery } from '../api/call.ts';

/** What the list shows, as a file: the same filters, the same order. */
export function ExportMenu({ path, query }: { path: string; query: Query }) {
  const { t } = useTranslation('parts');
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
          {t('export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('exportSays')}</Menu.Label>
        <Menu.Item
          component="a"
          href={urlWithQuery(`${path}.csv`, query)}
          download
          leftSection={<IconFileTypeCsv size={16} aria-hidden />}
        >
          {t('exportCsv')}
        </Menu.Item>
        <Menu.Item
          component="a"
          href={urlWithQuery(`${path}.xlsx`, query)}
          download
          leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
        >
          {t('exportExcel')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

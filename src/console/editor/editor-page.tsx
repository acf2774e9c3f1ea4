import { Button, Card, Drawer, Tabs } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconEye } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useEditing } from './editing.ts';
import classes from './editor.module.css';
import { type EditedPart, editedParts, isPart } from './parts.ts';
import { Preview } from './preview.tsx';

/** The survey's parts, one at a time, and beside them how it looks. */
export function EditorPage() {
  const { t } = useTranslation('editor');
  const { content } = useEditing();
  const [params, setParams] = useSearchParams();
  const [isPreviewOpen, { open, close }] = useDisclosure(false);
  const requested = params.get('part') ?? '';
  const part: EditedPart = isPart(requested) ? requested : 'question';
  const Part = editedParts[part];
  const go = (name: string | null) =>
    setParams((before) => {
      const after = new URLSearchParams(before);
      after.set('part', name ?? 'question');
      return after;
    });
  const names = Object.keys(editedParts) as EditedPart[];
  return (
    <Tabs value={part} onChange={go} variant="pills" keepMounted={false}>
      <Tabs.List mb="lg" aria-label={t('partsLabel')}>
        {names.map((name) => (
          <Tabs.Tab key={name} value={name} px="sm">
            {t(`parts.${name}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <div className={classes.columns}>
        {names.map((name) => (
          <Tabs.Panel key={name} value={name}>
            <Card padding="xl">{name === part && <Part />}</Card>
          </Tabs.Panel>
        ))}
        <div className={classes.beside}>
          <Preview content={content} />
        </div>
      </div>
      <Button
        className={classes.branding ?? ''}
        size="md"
        radius="xl"
        leftSection={<IconEye size={18} aria-hidden />}
        onClick={open}
      >
        {t('preview.title')}
      </Button>
      <Drawer
        opened={isPreviewOpen}
        onClose={close}
        position="right"
        size="lg"
        title={t('preview.title')}
        closeButtonProps={{ 'aria-label': t('preview.close') }}
      >
        {isPreviewOpen && <Preview content={content} />}
      </Drawer>
    </Tabs>
  );
}

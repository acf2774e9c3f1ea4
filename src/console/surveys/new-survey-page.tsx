import { Button, Card, Group, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useMay } from '../api/me.ts';
import { templatesQuery, useMakeSurvey } from '../api/surveys.ts';
import { useWorkspace } from '../api/workspace.ts';
import { Loaded } from '../parts/loaded.tsx';
import { ConsolePage } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { Empty } from '../parts/states.tsx';
import { tellBeside } from '../parts/tell.ts';
import { keyFrom } from './name.ts';
import classes from './surveys.module.css';

type Templates = Awaited<ReturnType<typeof templatesQuery.queryFn>>['items'];

export function NewSurveyPage() {
  const { t } = useTranslation('surveys');
  const { t: parts } = useTranslation('parts');
  const mayWrite = useMay('surveys:write');
  const templates = useQuery(templatesQuery);
  const workspace = useWorkspace();
  return (
    <ConsolePage
      title={t('newPage.title')}
      says={t('newPage.says')}
      actions={
        <Button component={Link} to="/surveys" variant="default">
          {parts('cancel')}
        </Button>
      }
    >
      {mayWrite ? (
        <Loaded query={templates}>
          {({ items }) => (
            <Loaded query={workspace}>{({ name }) => <Choose templates={items} company={name ?? ''} />}</Loaded>
          )}
        </Loaded>
      ) : (
        <Empty title={parts('mayNot')} says={parts('mayNotSays')} />
      )}
    </ConsolePage>
  );
}

/** What it begins with, and what it is called; the key follows the name until somebody writes their own. */
function Choose({ templates, company: ours }: { templates: Templates; company: string }) {
  const { t, i18n } = useTranslation('surveys');
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams();
  const make = useMakeSurvey();
  const requested = params.get('template') ?? templates[0]?.key ?? 'empty';
  const chosen = templates.find(({ key }) => key === requested);
  /** In the reader's language where there is one, else as the service has it. */
  const said = (key: string, what: 'name' | 'says', otherwise: string) =>
    i18n.exists(`surveys:templates.${key}.${what}`) ? t(`templates.${key as 'csat-quick'}.${what}`) : otherwise;
  const titleOf = (template: typeof chosen) => (template ? said(template.key, 'name', template.name) : '');
  const form = useForm({ initialValues: { name: titleOf(chosen), key: keyFrom(titleOf(chosen)), company: ours } });

  const choose = (key: string) => {
    const before = titleOf(chosen);
    const after = titleOf(templates.find((one) => one.key === key));
    if (form.values.name === before) form.setFieldValue('name', after);
    if (form.values.key === keyFrom(before)) form.setFieldValue('key', keyFrom(after));
    setParams({ template: key }, { replace: true });
  };
  const submit = form.onSubmit(({ name, key, company }) =>
    make.mutate(
      {
        metric: 'nps',
        ...chosen?.survey,
        key,
        ...(name.trim() === '' ? {} : { name }),
        ...(company.trim() === '' ? {} : { company }),
      },
      {
        onSuccess: (made) => navigate(`/surveys/${made.key}`),
        onError: (failure) => tellBeside(form.setErrors, failure),
      },
    ),
  );
  const cards = [
    ...templates.map(({ key, name, says }) => ({ key, name: said(key, 'name', name), says: said(key, 'says', says) })),
    { key: 'empty', name: t('newPage.empty'), says: t('newPage.emptySays') },
  ];
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xl">
        <Radio.Group value={requested} onChange={choose} aria-label={t('newPage.templates')}>
          <div className={classes.templates}>
            {cards.map(({ key, name, says }) => (
              <Radio.Card key={key} value={key} className={classes.template ?? ''}>
                <Group wrap="nowrap" align="flex-start" gap="sm">
                  <Radio.Indicator mt={3} />
                  <div>
                    <Text fw={600}>{name}</Text>
                    <Text size="sm" c="dimmed">
                      {says}
                    </Text>
                  </div>
                </Group>
              </Radio.Card>
            ))}
          </div>
        </Radio.Group>
        <Card padding="xl" maw={640}>
          <Section title={t('newPage.details')}>
            <TextInput
              label={t('newPage.name')}
              {...form.getInputProps('name')}
              onChange={({ currentTarget: { value } }) => {
                if (form.values.key === keyFrom(form.values.name)) form.setFieldValue('key', keyFrom(value));
                form.setFieldValue('name', value);
              }}
            />
            <TextInput
              label={t('newPage.key')}
              description={t('newPage.keySays')}
              required
              {...form.getInputProps('key')}
            />
            <TextInput
              label={t('newPage.company')}
              description={t('newPage.companySays')}
              {...form.getInputProps('company')}
            />
            <Group>
              <Button type="submit" size="md" loading={make.isPending}>
                {t('newPage.create')}
              </Button>
            </Group>
          </Section>
        </Card>
      </Stack>
    </form>
  );
}

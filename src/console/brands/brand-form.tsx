import { Button, Card, Checkbox, Group, PasswordInput, Stack, TagsInput, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { type BrandItem, useSaveBrand } from '../api/brands.ts';
import { useMay } from '../api/me.ts';
import { withoutNothing } from '../editor/editing.ts';
import { BrandingFields } from '../editor/look-fields.tsx';
import { Section } from '../parts/section.tsx';
import { tell, tellBeside } from '../parts/tell.ts';
import { keyFrom } from '../surveys/name.ts';

/** What a brand is: its sender, its look, its tickets. */
export function BrandForm({ brand }: { brand: BrandItem | undefined }) {
  const { t } = useTranslation('brands');
  const { t: parts } = useTranslation('parts');
  const navigate = useNavigate();
  const mayWrite = useMay('surveys:write');
  const save = useSaveBrand(brand?.key);
  const form = useForm({
    initialValues: {
      key: brand?.key ?? '',
      name: brand?.name ?? '',
      company: brand?.company ?? '',
      tickets: brand?.tickets ?? [],
      fromName: brand?.from?.name ?? '',
      fromAddress: brand?.from?.address ?? '',
      replyTo: brand?.replyTo ?? '',
      branding: brand?.branding ?? {},
      smtpUrl: '',
      withoutServer: false,
    },
  });
  const { values } = form;

  const submit = form.onSubmit(
    ({ key, name, company, tickets, fromName, fromAddress, replyTo, branding, ...server }) => {
      const from = withoutNothing({ address: said(fromAddress), name: said(fromName) });
      const body = withoutNothing({
        ...(brand ? {} : { key }),
        name,
        tickets,
        branding,
        company: said(company),
        replyTo: said(replyTo),
        from: Object.keys(from).length === 0 ? undefined : from,
        smtpUrl: server.withoutServer ? null : said(server.smtpUrl),
      });
      save.mutate(body, {
        onSuccess: (saved) => {
          tell(t('saved', { name: saved.name }));
          void navigate('/surveys/brands');
        },
        onError: (failure) =>
          tellBeside(
            (problems) =>
              form.setErrors({ ...problems, fromAddress: problems['from.address'], fromName: problems['from.name'] }),
            failure,
          ),
      });
    },
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="lg" maw={760}>
        <Card padding="xl">
          <Section title={t('who')}>
            <TextInput
              label={t('name')}
              required
              readOnly={!mayWrite}
              {...form.getInputProps('name')}
              onChange={({ currentTarget: { value } }) => {
                if (!brand && values.key === keyFrom(values.name)) form.setFieldValue('key', keyFrom(value));
                form.setFieldValue('name', value);
              }}
            />
            {!brand && (
              <TextInput label={t('key')} description={t('keySays')} required {...form.getInputProps('key')} />
            )}
            <TextInput
              label={t('company')}
              description={t('companySays')}
              placeholder={values.name}
              readOnly={!mayWrite}
              {...form.getInputProps('company')}
            />
            <TagsInput
              label={t('ticketsLabel')}
              description={t('ticketsSays')}
              readOnly={!mayWrite}
              acceptValueOnBlur
              {...form.getInputProps('tickets')}
            />
          </Section>
        </Card>
        <Card padding="xl">
          <Section title={t('sender')}>
            <Group grow align="flex-start">
              <TextInput label={t('fromName')} readOnly={!mayWrite} {...form.getInputProps('fromName')} />
              <TextInput
                label={t('fromAddress')}
                type="email"
                readOnly={!mayWrite}
                {...form.getInputProps('fromAddress')}
              />
            </Group>
            <TextInput label={t('replyTo')} type="email" readOnly={!mayWrite} {...form.getInputProps('replyTo')} />
          </Section>
        </Card>
        <Card padding="xl">
          <BrandingFields
            branding={values.branding}
            set={(changes) =>
              form.setFieldValue(
                'branding',
                withoutNothing({ ...values.branding, ...changes }) as typeof values.branding,
              )
            }
            problemOf={(path) => form.errors[`branding.${path}`]?.toString()}
            isReadOnly={!mayWrite}
            company={values.company || values.name || 'Logo'}
          />
        </Card>
        {mayWrite && (
          <>
            <Card padding="xl">
              <Section title={t('server')} says={brand?.hasEmailServer ? t('serverKept') : t('serverSays')}>
                <PasswordInput
                  label={t('serverLabel')}
                  placeholder="smtps://user:password@mail.example.com:465"
                  autoComplete="off"
                  disabled={values.withoutServer}
                  {...form.getInputProps('smtpUrl')}
                />
                {brand?.hasEmailServer && (
                  <Checkbox label={t('serverRemove')} {...form.getInputProps('withoutServer', { type: 'checkbox' })} />
                )}
              </Section>
            </Card>
            <Group>
              <Button type="submit" size="md" loading={save.isPending}>
                {brand ? parts('save') : t('create')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </form>
  );
}

const said = (text: string) => (text.trim() === '' ? undefined : text.trim());

import { Anchor, Button, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { type BrandItem, brandQuery, useDeleteBrand } from '../api/brands.ts';
import { useMay } from '../api/me.ts';
import { AskFirst } from '../parts/ask-first.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { ConsolePage } from '../parts/page.tsx';
import { Empty } from '../parts/states.tsx';
import { tell, tellFailure } from '../parts/tell.ts';
import { BrandForm } from './brand-form.tsx';

export function NewBrandPage() {
  const { t } = useTranslation('brands');
  const { t: parts } = useTranslation('parts');
  const mayWrite = useMay('surveys:write');
  return (
    <Stack gap="xs">
      <Back />
      <ConsolePage title={t('newTitle')}>
        {mayWrite ? <BrandForm brand={undefined} /> : <Empty title={parts('mayNot')} says={parts('mayNotSays')} />}
      </ConsolePage>
    </Stack>
  );
}

export function BrandPage() {
  const { key = '' } = useParams();
  const found = useQuery(brandQuery(key));
  return <Loaded query={found}>{(brand) => <One key={brand.key} brand={brand} />}</Loaded>;
}

function One({ brand }: { brand: BrandItem }) {
  const { t } = useTranslation('brands');
  const mayWrite = useMay('surveys:write');
  const navigate = useNavigate();
  const [isAsking, { open, close }] = useDisclosure(false);
  const remove = useDeleteBrand(brand.key);
  const { name } = brand;
  const act = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        tell(t('deleted', { name }));
        void navigate('/surveys/brands');
      },
      onError: (failure) => {
        close();
        tellFailure(failure);
      },
    });
  return (
    <Stack gap="xs">
      <Back />
      <ConsolePage
        title={name}
        actions={
          mayWrite && (
            <Button variant="default" leftSection={<IconTrash size={16} aria-hidden />} onClick={open}>
              {t('delete')}
            </Button>
          )
        }
      >
        <BrandForm brand={brand} />
      </ConsolePage>
      <AskFirst
        isOpen={isAsking}
        close={close}
        title={t('deleteTitle', { name })}
        says={t('deleteSays')}
        does={t('delete')}
        isGrave
        isBusy={remove.isPending}
        confirm={act}
      />
    </Stack>
  );
}

function Back() {
  const { t } = useTranslation('brands');
  return (
    <Anchor component={Link} to="/surveys/brands" size="sm">
      {t('back')}
    </Anchor>
  );
}

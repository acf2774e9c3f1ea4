import { PasswordInput, type PasswordInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A password, which can be looked at while it is typed. */
export function PasswordField(props: PasswordInputProps) {
  const { t } = useTranslation('parts');
  return <PasswordInput visibilityToggleButtonProps={{ 'aria-label': t('showIt') }} {...props} />;
}

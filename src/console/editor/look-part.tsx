import { useEditing, usePart } from './editing.ts';
import { BrandingFields } from './look-fields.tsx';

export function BrandingPart() {
  const { content } = useEditing();
  const { part, set, problemOf, isReadOnly } = usePart('branding');
  return (
    <BrandingFields
      branding={part}
      set={set}
      problemOf={problemOf}
      isReadOnly={isReadOnly}
      company={content.texts.company}
    />
  );
}

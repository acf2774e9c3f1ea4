import { useEditing, usePart } from './editing.ts';
import { LookFields } from './look-fields.tsx';

export function LookPart() {
  const { content } = useEditing();
  const { part, set, problemOf, isReadOnly } = usePart('branding');
  return (
    <LookFields
      branding={part}
      set={set}
      problemOf={problemOf}
      isReadOnly={isReadOnly}
      company={content.texts.company}
    />
  );
}

/**
 * A vendor's text as PostgreSQL can keep it: without NUL, and without half of a surrogate pair, which its JSON refuses.
 * A single such character must not stop what it came with.
 */
export function storable<Text extends string | undefined>(text: Text): Text {
  return text?.toWellFormed().replaceAll('\0', '') as Text;
}

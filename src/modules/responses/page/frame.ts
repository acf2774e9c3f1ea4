import type { Language } from '../../../model/locale.ts';
import { html, type Markup } from '../../../platform/http/markup.ts';
import type { Branding } from '../../surveys/index.ts';

/** What stands around a view, whatever it says. */
export type SurveyPageFrame = {
  branding: Branding;
  /** Those that it may be read in, where there is a choice. */
  languages: readonly Language[];
  /** The one that was chosen on the page, and that it stays in. */
  chosen?: string;
  /** Somebody only looks how it would look: nothing on it leads anywhere. */
  isPreview?: boolean;
};

/** Around what nothing is known of. */
export const bareFrame: SurveyPageFrame = { branding: {}, languages: [] };

/** What keeps a form's page in the language that was chosen on it. */
export function stays({ chosen }: SurveyPageFrame): Markup | undefined {
  return chosen === undefined ? undefined : html`<input type="hidden" name="language" value="${chosen}">\n`;
}

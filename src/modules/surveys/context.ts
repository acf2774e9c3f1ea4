import type { PlatformContext } from '../../platform/context.ts';
import type { TypedHosts } from '../../platform/network/network.ts';
import type { SurveyTemplate } from './template.ts';

/** What surveys and brands work with. */
export type SurveysContext = PlatformContext & {
  /** What new surveys may begin with. */
  templates: readonly SurveyTemplate[];
  /** Which hosts may be typed and saved. */
  typedHosts: TypedHosts;
  listeners: SurveyListeners;
};

/** What later modules do when a survey changes. */
export type SurveyListeners = {
  /** Called after a survey was unpublished: what it had scheduled is not sent any more. */
  surveyUnpublished(): Promise<void>;
};

/**
 * Surveys with their versions, and brands: validates, saves and publishes them. Owns the tables `survey`,
 * `survey_version` and `brand`. Decisions, invitations and the survey page read surveys through it.
 */
export { listensTo } from './audience.ts';
export { type Brand, brandContent, chooseBrand, chooseSender, type Sender, underBrand } from './brand.ts';
export { type Branding, readPolicyOrigin } from './branding.ts';
export type { SurveysContext } from './context.ts';
export type { Confirmation } from './delivery.ts';
export { contentNow, findEdited, readChanged, readUnsaved } from './edit.ts';
export { chooseLanguage, type LanguagePreferences, type Languages, languageProblems, readTag } from './language.ts';
export { type BrandRow, brandClues, brandPlace, findBrand, findBrandById, listBrands } from './queries/brands.ts';
export { findConditionProperties } from './queries/condition-properties.ts';
export { addSurvey, listEditedSurveys } from './queries/survey-editing.ts';
export {
  applySurveys,
  distinctVersions,
  findSurvey,
  findSurveyByKey,
  findVersions,
  listSurveys,
  type SurveyRow,
  surveyKeys,
  type VersionedSurvey,
  versionKey,
} from './queries/surveys.ts';
export { freezeDraft } from './queries/tried-drafts.ts';
export { brandRoutes } from './routes/brands.ts';
export { surveyRoutes } from './routes/surveys.ts';
export { wordingRoutes } from './routes/wording.ts';
export {
  readContent,
  type SurveyContent,
  type SurveyDefinition,
  surveyChanges,
  surveyContentFrom,
  surveyDefinition,
  surveyFile,
  surveyKey,
  surveyScale,
} from './survey.ts';
export { type SurveyTemplate, surveyTemplate } from './template.ts';
export { languageTag } from './texts.ts';
export { companyName, composeWording, unwritten, type Wording } from './wording.ts';

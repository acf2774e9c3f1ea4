import { createBrowserRouter, type RouteObject } from 'react-router';
import { CalculatorsFrame } from './calculators/frame.tsx';
import { BrokenPage, NoSuchPage } from './shell/broken-page.tsx';
import { Shell } from './shell/shell.tsx';

/** Each page is fetched when somebody first goes there. */
const inside: RouteObject[] = [
  { path: '/', lazy: async () => ({ Component: (await import('./home/home-page.tsx')).HomePage }) },
  { path: '/contacts', lazy: async () => ({ Component: (await import('./contacts/contacts-page.tsx')).ContactsPage }) },
  {
    path: '/contacts/:id',
    lazy: async () => ({ Component: (await import('./contacts/contact-page.tsx')).ContactPage }),
  },
  {
    path: '/responses/:id',
    lazy: async () => ({ Component: (await import('./responses/response-page.tsx')).ResponsePage }),
  },
  {
    path: '/decisions',
    lazy: async () => ({ Component: (await import('./decisions/decisions-page.tsx')).DecisionsPage }),
  },
  {
    path: '/deliveries',
    lazy: async () => ({ Component: (await import('./deliveries/deliveries-page.tsx')).DeliveriesPage }),
  },
  { path: '/events', lazy: async () => ({ Component: (await import('./events/events-page.tsx')).EventsPage }) },
  { path: '/account', lazy: async () => ({ Component: (await import('./account/account-page.tsx')).AccountPage }) },
  { path: '/team', lazy: async () => ({ Component: (await import('./team/team-page.tsx')).TeamPage }) },
  { path: '/settings/keys', lazy: async () => ({ Component: (await import('./keys/keys-page.tsx')).KeysPage }) },
  { path: '/settings/audit', lazy: async () => ({ Component: (await import('./audit/audit-page.tsx')).AuditPage }) },
  {
    path: '/responses',
    lazy: async () => ({ Component: (await import('./responses/responses-page.tsx')).ResponsesPage }),
  },
  { path: '/surveys', lazy: async () => ({ Component: (await import('./surveys/surveys-page.tsx')).SurveysPage }) },
  {
    path: '/surveys/new',
    lazy: async () => ({ Component: (await import('./surveys/new-survey-page.tsx')).NewSurveyPage }),
  },
  {
    path: '/surveys/brands',
    lazy: async () => ({ Component: (await import('./brands/brands-page.tsx')).BrandsPage }),
  },
  {
    path: '/surveys/brands/new',
    lazy: async () => ({ Component: (await import('./brands/brand-page.tsx')).NewBrandPage }),
  },
  {
    path: '/surveys/brands/:key',
    lazy: async () => ({ Component: (await import('./brands/brand-page.tsx')).BrandPage }),
  },
  {
    path: '/surveys/:key',
    lazy: async () => ({ Component: (await import('./surveys/survey-frame.tsx')).SurveyFrame }),
    children: [
      { index: true, lazy: async () => ({ Component: (await import('./editor/editor-page.tsx')).EditorPage }) },
      {
        path: 'dry-run',
        lazy: async () => ({ Component: (await import('./dry-run/dry-run-page.tsx')).DryRunPage }),
      },
      {
        path: 'publish',
        lazy: async () => ({ Component: (await import('./publish/publish-page.tsx')).PublishPage }),
      },
      {
        path: 'versions',
        lazy: async () => ({ Component: (await import('./surveys/versions-page.tsx')).VersionsPage }),
      },
      { path: 'start', lazy: async () => ({ Component: (await import('./surveys/start-page.tsx')).StartPage }) },
    ],
  },
  { path: '/welcome', lazy: async () => ({ Component: (await import('./welcome/welcome-page.tsx')).WelcomePage }) },
  {
    path: '/connections',
    lazy: async () => ({ Component: (await import('./connections/connections-page.tsx')).ConnectionsPage }),
  },
  {
    path: '/connections/new',
    lazy: async () => ({ Component: (await import('./connections/new-connection-page.tsx')).NewConnectionPage }),
  },
  {
    path: '/connections/:id',
    lazy: async () => ({ Component: (await import('./connections/connection-page.tsx')).ConnectionPage }),
  },
  {
    path: '/settings',
    lazy: async () => ({ Component: (await import('./settings/settings-frame.tsx')).SettingsFrame }),
    children: [
      { index: true, lazy: async () => ({ Component: (await import('./settings/workspace-page.tsx')).WorkspacePage }) },
      { path: 'email', lazy: async () => ({ Component: (await import('./settings/email-page.tsx')).EmailPage }) },
      { path: 'privacy', lazy: async () => ({ Component: (await import('./settings/privacy-page.tsx')).PrivacyPage }) },
      { path: 'pause', lazy: async () => ({ Component: (await import('./settings/pause-page.tsx')).PausePage }) },
    ],
  },
];

/** Open to everybody. */
const calculators: RouteObject = {
  path: '/calculators',
  lazy: async () => ({ Component: (await import('./calculators/calculators-page.tsx')).CalculatorsPage }),
};

const outside: RouteObject[] = [
  { path: '/sign-in', lazy: async () => ({ Component: (await import('./sign-in/sign-in-page.tsx')).SignInPage }) },
  { path: '/setup', lazy: async () => ({ Component: (await import('./setup/setup-page.tsx')).SetupPage }) },
  { path: '/join', lazy: async () => ({ Component: (await import('./join/join-page.tsx')).JoinPage }) },
  { path: '/reset', lazy: async () => ({ Component: (await import('./reset/reset-page.tsx')).ResetPage }) },
];

export const router: ReturnType<typeof createBrowserRouter> = createBrowserRouter([
  {
    errorElement: <BrokenPage />,
    HydrateFallback: () => null,
    children: [
      ...outside,
      { element: <CalculatorsFrame />, children: [{ errorElement: <BrokenPage />, children: [calculators] }] },
      {
        element: <Shell />,
        children: [{ errorElement: <BrokenPage />, children: [...inside, { path: '*', element: <NoSuchPage /> }] }],
      },
    ],
  },
]);

import { createBrowserRouter, type RouteObject } from 'react-router';
import { BrokenPage, NoSuchPage } from './shell/broken-page.tsx';
import { Shell } from './shell/shell.tsx';

/** Each page is fetched when somebody first goes there. */
const inside: RouteObject[] = [
  { path: '/', lazy: async () => ({ Component: (await import('./home/home-page.tsx')).HomePage }) },
  { path: '/contacts', lazy: async () => ({ Component: (await import('./contacts/contacts-page.tsx')).ContactsPage }) },
  { path: '/contacts/:id', lazy: async () => ({ Component: (await import('./contacts/person-page.tsx')).PersonPage }) },
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
  { path: '/notices', lazy: async () => ({ Component: (await import('./notices/notices-page.tsx')).NoticesPage }) },
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
];

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
      {
        element: <Shell />,
        children: [{ errorElement: <BrokenPage />, children: [...inside, { path: '*', element: <NoSuchPage /> }] }],
      },
    ],
  },
]);

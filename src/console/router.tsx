import { createBrowserRouter, type RouteObject } from 'react-router';
import { BrokenPage, NoSuchPage } from './shell/broken-page.tsx';
import { Shell } from './shell/shell.tsx';

/** Each page is fetched when somebody first goes there. */
const inside: RouteObject[] = [
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

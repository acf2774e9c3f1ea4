import { createBrowserRouter, type RouteObject } from 'react-router';
import { BrokenPage, NoSuchPage } from './shell/broken-page.tsx';
import { Shell } from './shell/shell.tsx';

/** Each page is fetched when somebody first goes there. */
const inside: RouteObject[] = [
  {
    path: '/responses',
    lazy: async () => ({ Component: (await import('./responses/responses-page.tsx')).ResponsesPage }),
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

import React, { type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

/**
 * A stand-in for HubSpot's `@hubspot/ui-extensions`, by its documents: the components that our card uses, as plain
 * elements, and the host's side as the test sets it in `globalThis.host`. The card is type-checked against this.
 */
type Host = {
  context: {
    user: { language?: string; locale?: string };
    portal: { id: number };
    crm: { objectId: number; objectTypeId: string };
  };
  properties(names: string[]): Promise<Record<string, string>>;
  fetch(url: string, options: FetchOptions): Promise<{ ok: boolean; status: number; json(): Promise<never> }>;
  root: Parameters<typeof createRoot>[0];
};

type FetchOptions = { method?: 'GET' | 'POST'; timeout?: number; body?: Readonly<Record<string, unknown>> };

type Given = { context: Host['context']; actions: { fetchCrmObjectProperties: Host['properties'] } };

const host = (globalThis as unknown as { host: Host }).host;

export const hubspot = {
  extend<_Location extends string>(render: (given: Given) => ReactNode): void {
    const given = { context: host.context, actions: { fetchCrmObjectProperties: host.properties } };
    createRoot(host.root).render(render(given));
  },
  fetch: (url: string, options: FetchOptions = {}) => host.fetch(url, options),
};

type Size = 'xs' | 'sm' | 'md';

export function Flex({
  direction = 'row',
  gap = 'sm',
  align,
  wrap,
  children,
}: {
  direction?: 'row' | 'column';
  gap?: Size;
  align?: 'center';
  wrap?: 'wrap';
  children?: ReactNode;
}) {
  return <div className={['flex', direction, gap, align, wrap].filter(Boolean).join(' ')}>{children}</div>;
}

export function Text({
  variant = 'bodytext',
  format = {},
  children,
}: {
  variant?: 'bodytext' | 'microcopy';
  format?: { fontWeight?: 'bold'; italic?: boolean };
  children: ReactNode;
}) {
  const classes = ['text', variant, format.fontWeight, format.italic ? 'italic' : undefined];
  return <p className={classes.filter(Boolean).join(' ')}>{children}</p>;
}

export function Heading({ children }: { children: ReactNode }) {
  return <h2>{children}</h2>;
}

export function Divider() {
  return <hr />;
}

export function Tag({
  variant = 'default',
  children,
}: {
  variant?: 'default' | 'warning' | 'success' | 'error' | 'info';
  children: ReactNode;
}) {
  return <span className={`tag ${variant}`}>{children}</span>;
}

export function Alert({ title, variant }: { title: string; variant: 'info' | 'warning' | 'error' }) {
  return (
    <div role="alert" className={`alert ${variant}`}>
      {title}
    </div>
  );
}

export function Button({
  disabled = false,
  onClick,
  children,
}: {
  variant?: 'secondary';
  size?: Size;
  disabled?: boolean;
  onClick(): void;
  children: ReactNode;
}) {
  return (
    <button type="button" disabled={disabled} onClick={onClick}>
      {children}
    </button>
  );
}

export function Link({ href, children }: { href: string; children: ReactNode }) {
  return <a href={href}>{children}</a>;
}

export function LoadingSpinner({ label }: { label: string; showLabel?: boolean; layout?: 'inline' }) {
  return (
    <p role="status" className="text microcopy">
      {label}
    </p>
  );
}

import { createHash } from 'node:crypto';
import { readPolicyOrigin } from '../../surveys/index.ts';
import type { SurveyPageFrame } from './frame.ts';
import { script } from './script.ts';
import { pageStyle } from './style.ts';

/**
 * Nothing is loaded, run or framed but what is ours and the brand's logo, and nobody else is told; the form goes to
 * where the page came from. A preview may be framed by our own pages, and its form goes nowhere.
 */
export function surveyPageHeaders({ branding, isPreview = false }: SurveyPageFrame): Readonly<Record<string, string>> {
  const logoOrigin = branding.logo && readPolicyOrigin(branding.logo.url);
  const policy = [
    "default-src 'none'",
    `style-src ${hashOf(pageStyle(branding))}`,
    ...(logoOrigin === undefined ? [] : [`img-src ${logoOrigin}`]),
    ...(isPreview ? [] : [`script-src ${hashOf(script)}`, "connect-src 'self'"]),
    `form-action ${isPreview ? "'none'" : "'self'"}`,
    "base-uri 'none'",
    `frame-ancestors ${isPreview ? "'self'" : "'none'"}`,
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Frame-Options': isPreview ? 'SAMEORIGIN' : 'DENY',
    'Referrer-Policy': 'no-referrer',
    'X-Robots-Tag': 'noindex',
    'Cache-Control': 'no-store',
  };
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

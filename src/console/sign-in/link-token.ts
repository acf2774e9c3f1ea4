import { useLocation } from 'react-router';

/** What a link of ours carries behind its `#`: browsers send that to no server, and no proxy writes it down. */
export function useLinkToken(): string {
  const { hash } = useLocation();
  return new URLSearchParams(hash.slice(1)).get('token') ?? '';
}

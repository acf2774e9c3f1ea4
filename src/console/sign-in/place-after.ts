/** Where to go after signing in: a page of ours, and never anybody else's. */
export function placeAfter(next: string | null): string {
  return next !== null && /^\/(?![/\\])/u.test(next) ? next : '/';
}

const written = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?/u;

/** `P730D` as days; years and months, as somebody may have written by the API, are told roughly. */
export function retentionDays(retention: string): number {
  const [, years = 0, months = 0, weeks = 0, days = 0] = written.exec(retention) ?? [];
  return Number(years) * 365 + Number(months) * 30 + Number(weeks) * 7 + Number(days);
}

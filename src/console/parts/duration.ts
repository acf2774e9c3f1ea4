export const units = ['seconds', 'minutes', 'hours', 'days'] as const;
export type Unit = (typeof units)[number];
export type EditedDuration = { count: number; unit: Unit };

const seconds: Record<Unit, number> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

const written = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/u;

/** `PT24H` as a number of the greatest unit in which it is a whole one; hours up to two days stay hours. */
export function readLength(duration: string): EditedDuration {
  const [, weeks = 0, days = 0, hours = 0, minutes = 0, rest = 0] = written.exec(duration) ?? [];
  const whole =
    (Number(weeks) * 7 + Number(days)) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
  const said: readonly Unit[] = hours && whole <= 2 * 86_400 ? ['hours', 'minutes', 'seconds'] : [...units].reverse();
  const unit = (whole === 0 ? undefined : said.find((one) => whole % seconds[one] === 0)) ?? 'minutes';
  return { count: whole / seconds[unit], unit };
}

/** As the API writes it. */
export function writeLength({ count, unit }: EditedDuration): string {
  if (unit === 'days') return `P${count}D`;
  return `PT${count}${unit === 'hours' ? 'H' : unit === 'minutes' ? 'M' : 'S'}`;
}

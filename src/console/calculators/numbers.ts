/** Numbers as the reader's language writes them. */
export function numbersIn(language: string) {
  const plain = new Intl.NumberFormat(language, { maximumFractionDigits: 1, signDisplay: 'negative' });
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0, signDisplay: 'negative' });
  const mean = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 });
  return {
    plain: (value: number) => plain.format(value),
    whole: (value: number) => whole.format(value),
    mean: (value: number) => mean.format(value),
    percent: (value: number) => percent.format(value),
  };
}

import { parseCsv } from 'hucre/csv';
import { readXlsx } from 'hucre/xlsx';
import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../databases.ts';
import { minute } from '../flows/world.ts';
import { bootstrapKey, type Served, serve } from './served.ts';

const names = ['responses', 'contacts', 'decisions', 'invitations', 'events', 'audit'];

const comments = [
  '=1+1',
  '+4',
  '-5 for that',
  '@SUM(A1)',
  '\tTab',
  'Said "fine", then\nleft',
  'Grüße ✓ \u0001',
  '',
  '＝1+1',
  '\u200b=1',
  '\u00a0 ＠SUM(A1)',
  '−1',
  'a=1',
];

describeOnEachDatabase('lists as files', (open) => {
  let service: Served;

  beforeAll(async () => {
    service = await serve(await open());
    for (const [rating, comment] of comments.entries()) {
      const { sentEmail } = await service.asked();
      await service.answer(sentEmail, rating < 8 ? rating : 0, comment);
      service.jump(minute);
    }
  });

  async function file(path: string, key = bootstrapKey) {
    const response = await fetch(`${service.url}/api${path}`, { headers: { authorization: `Bearer ${key}` } });
    return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
  }

  async function csv(path: string): Promise<string[][]> {
    const { bytes } = await file(path);
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    return parseCsv(new TextDecoder().decode(bytes)) as string[][];
  }

  async function excel(path: string) {
    const { sheets } = await readXlsx((await file(path)).bytes);
    return sheets[0]?.rows ?? [];
  }

  const column = <Cell>(rows: readonly (readonly Cell[])[], heading: string) => {
    const at = rows[0]?.indexOf(heading as Cell) ?? -1;
    expect(at, heading).toBeGreaterThanOrEqual(0);
    return rows.slice(1).map((row) => row[at]);
  };

  it.each(names)('%s come with a row for each of the list, under headings', async (name) => {
    const { items } = await service.read(`/${name}?limit=200`);
    expect(items.length).toBeGreaterThan(0);
    const rows = await csv(`/${name}.csv`);
    expect(column(rows, 'Id')).toEqual(items.map(({ id }: { id: string }) => id));
    expect((await excel(`/${name}.xlsx`))[0]).toEqual(rows[0]);
  });

  it('are named and typed', async () => {
    const { response } = await file('/responses.csv');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe(
      'attachment; filename="scoreback-responses-2026-11-02.csv"',
    );
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('turn no comment into a formula, and leave numbers as they are', async () => {
    const written = column(await csv('/responses.csv?sort=answeredAt'), 'Comment');
    expect(written).toEqual([
      "'=1+1",
      "'+4",
      "'-5 for that",
      "'@SUM(A1)",
      'Tab',
      'Said "fine", then\nleft',
      'Grüße ✓',
      '',
      "'＝1+1",
      "'\u200b=1",
      "'＠SUM(A1)",
      "'−1",
      'a=1',
    ]);
    const [rows] = [await excel('/responses.xlsx?sort=answeredAt')];
    expect(column(rows, 'Comment').slice(0, 4)).toEqual(comments.slice(0, 4));
    expect(column(rows, 'Rating')).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 0, 0]);
  });

  it('have moments that Excel reckons with', async () => {
    const [first] = (await service.read('/responses?sort=answeredAt&limit=1')).items;
    const [timestamp] = column(await excel('/responses.xlsx?sort=answeredAt'), 'Answered at (UTC)');
    expect((timestamp as Date).toISOString().slice(0, 16)).toBe(first.answeredAt.slice(0, 16));
    expect(column(await csv('/responses.csv?sort=answeredAt'), 'Answered at (UTC)')[0]?.slice(0, 19)).toBe(
      first.answeredAt.slice(0, 19),
    );
  });

  it('hold what the filter finds, in the order of the list', async () => {
    expect(column(await csv('/responses.csv?sort=-rating&ratingFrom=5'), 'Rating')).toEqual(['7', '6', '5']);
    expect(column(await csv('/contacts.csv?sort=-rating'), 'Latest NPS rating').slice(0, 2)).toEqual(['7', '6']);
  });

  it.each([
    ['/responses.csv?metric=fun', 'metric'],
    ['/responses.xlsx?sort=mood', 'sort'],
    ['/contacts.csv?limit=5', 'limit'],
  ])('refuse %s before a file begins, naming %s', async (path, field) => {
    const answer = await service.call('GET', path);
    expect([answer.status, answer.body.problems]).toMatchObject([400, [{ field }]]);
  });

  it('are for who may see the list, and noted', async () => {
    const reader = await service.keyFor('read');
    expect((await file('/audit.csv', reader)).response.status).toBe(403);
    expect((await file('/contacts.csv', reader)).response.status).toBe(200);
    expect((await service.read('/audit?action=contacts.export')).items.length).toBeGreaterThan(0);
  });

  it('ask for nothing but the head without reading the list', async () => {
    const before = (await service.read('/audit?action=events.export&count=true')).total.count;
    const headers = { authorization: `Bearer ${bootstrapKey}` };
    const { status } = await fetch(`${service.url}/api/events.csv`, { method: 'HEAD', headers });
    expect(status).toBe(200);
    expect((await service.read('/audit?action=events.export&count=true')).total.count).toBe(before);
  });

  it('stand beside lists that tell how many there are', async () => {
    expect((await service.read('/responses?limit=2&count=true&ratingFrom=4')).total).toEqual({ count: 4, more: false });
    expect(await service.read('/responses?limit=2')).not.toHaveProperty('total');
  });
});

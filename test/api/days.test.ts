import { parseCsv } from 'hucre/csv';
import { readXlsx } from 'hucre/xlsx';
import { beforeAll, expect, it } from 'vitest';
import { withOffset } from '../../src/platform/period.ts';
import { describeOnEachDatabase } from '../databases.ts';
import { minute } from '../flows/world.ts';
import { bootstrapKey, type Served, serve } from './served.ts';

const timeZone = 'America/Los_Angeles';

describeOnEachDatabase('days in the time zone of the workspace', (open) => {
  let service: Served;
  /** The evening of one day in Los Angeles is the next day in UTC. */
  let answeredAt: string;
  let evening: string;
  let dayAfter: string;

  beforeAll(async () => {
    service = await serve(await open());
    expect((await service.call('PATCH', '/workspace', { body: { timeZone } })).body).toMatchObject({ timeZone });
    const hour = service.clock().getUTCHours();
    service.jump(((25.5 - hour) % 24) * 60 * minute);
    const { sentEmail } = await service.asked();
    await service.answer(sentEmail, 9, 'Good evening');
    service.jump(10 * minute);
    await service.runDue();
    answeredAt = (await service.read('/responses')).items[0].answeredAt;
    evening = withOffset(new Date(answeredAt), timeZone).slice(0, 10);
    dayAfter = answeredAt.slice(0, 10);
  });

  const file = async (path: string) => {
    const headers = { authorization: `Bearer ${bootstrapKey}` };
    const response = await fetch(`${service.url}/api${path}`, { headers });
    return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
  };

  it('an answer given in the evening there is of the next day in UTC', () => {
    expect(evening < dayAfter).toBe(true);
  });

  it('lists begin and end with them', async () => {
    const found = async (query: string) => (await service.read(`/responses?${query}`)).items.length;
    expect(await found(`from=${evening}&until=${dayAfter}`)).toBe(1);
    expect(await found(`from=${dayAfter}`)).toBe(0);
    expect(await found(`from=${answeredAt}`)).toBe(1);
  });

  it('reports count an answer under the day there', async () => {
    const { metrics } = await service.read(`/reports/summary?from=${evening}&until=${dayAfter}&every=day`);
    expect(metrics[0].trend).toMatchObject([{ key: evening, answered: 1 }]);
  });

  it('files write instants as the clock there shows them, and say so', async () => {
    const csv = await file('/responses.csv');
    const [headings = [], row = []] = parseCsv(new TextDecoder().decode(csv.bytes)) as string[][];
    const at = headings.indexOf(`Answered at (${timeZone})`);
    expect(row[at]).toBe(withOffset(new Date(answeredAt), timeZone));
    expect(row[at]?.slice(0, 10)).toBe(evening);

    const rows = (await readXlsx((await file('/responses.xlsx')).bytes)).sheets[0]?.rows ?? [];
    expect(JSON.stringify(rows[1]?.[at])).toContain(evening);
    const today = withOffset(service.clock(), timeZone).slice(0, 10);
    expect(csv.response.headers.get('content-disposition')).toContain(`-${today}.csv`);
  });

  it('records are written with the offset there, and again when the time zone changes', async () => {
    const written = () => String([...service.vendor.records.values()].at(-1)?.nps_latest_date);
    expect(written()).toBe(withOffset(new Date(answeredAt), timeZone));
    await service.call('PATCH', '/workspace', { body: { timeZone: 'Asia/Tokyo' } });
    await service.runDue();
    expect(written()).toBe(withOffset(new Date(answeredAt), 'Asia/Tokyo'));
    const calls = service.vendor.calls.filter(({ call }) => call.includes('write')).length;
    expect(calls).toBeGreaterThan(0);
    await service.call('PATCH', '/workspace', { body: { timeZone: 'Asia/Tokyo', name: 'Acme' } });
    await service.runDue();
    expect(service.vendor.calls.filter(({ call }) => call.includes('write'))).toHaveLength(calls);
  });
});

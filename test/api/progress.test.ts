import { beforeAll, expect, it } from 'vitest';
import { describeOnEachDatabase } from '../databases.ts';
import { day, minute } from '../flows/world.ts';
import { bootstrapKey, type Served, serve } from './served.ts';

type Event = { kind: string; data: ReturnType<typeof JSON.parse> };

describeOnEachDatabase('progress as it goes on', (open) => {
  let service: Served;

  beforeAll(async () => {
    service = await serve(await open(), { batchSize: 1 });
    for (let contact = 0; contact < 3; contact += 1) {
      const { sentEmail } = await service.asked();
      await service.answer(sentEmail, 9);
      await service.pass(minute);
    }
  });

  async function listen(path: string, headers: Readonly<Record<string, string>> = {}) {
    const response = await fetch(`${service.url}/api${path}`, {
      headers: { authorization: `Bearer ${bootstrapKey}`, ...headers },
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let received = '';
    return {
      response,
      /** The next one; nothing when the stream is over. */
      async next(): Promise<Event | undefined> {
        for (;;) {
          const [, kind, data, rest] = /^event: (\w+)\ndata: (.*)\n\n([\s\S]*)$/u.exec(received) ?? [];
          if (kind !== undefined && data !== undefined) {
            received = rest ?? '';
            return { kind, data: JSON.parse(data) };
          }
          const read = await reader?.read();
          if (!read || read.done) return undefined;
          received += read.value;
        }
      },
    };
  }

  const resync = (how = 'POST') => service.call(how, `/connections/${service.connectionId()}/resync`);

  it('of a connection that was never written again is none, and over at once', async () => {
    const { response, next } = await listen(`/connections/${service.connectionId()}/events`);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    expect(await next()).toMatchObject({ kind: 'end', data: { status: 'none', since: null } });
    expect(await next()).toBeUndefined();
  });

  it('of writing every record again is told until all are, whoever comes back in between', async () => {
    service.jump(minute);
    service.vendor.calls.length = 0;
    expect((await resync()).body).toMatchObject({ status: 'running', records: 3, left: 3 });
    const path = `/connections/${service.connectionId()}/events`;
    const [one, other] = [await listen(path), await listen(path, { 'Last-Event-ID': '17' })];
    expect(await one.next()).toMatchObject({ kind: 'progress', data: { records: 3, left: 3 } });
    expect(await other.next()).toMatchObject({ kind: 'progress', data: { left: 3 } });

    service.jump(minute);
    await service.flush();

    expect(await one.next()).toMatchObject({ kind: 'end', data: { status: 'finished', records: 3, left: 0 } });
    expect(await one.next()).toBeUndefined();
    expect(await other.next()).toMatchObject({ kind: 'end' });
    expect((await resync('GET')).body).toMatchObject({ status: 'finished' });
    expect(service.vendor.records.size).toBe(3);
  });

  it('says what holds it, and goes on behind', async () => {
    const pause = (writeBackPaused: boolean) =>
      service.call('PATCH', `/connections/${service.connectionId()}`, { body: { writeBackPaused } });
    service.jump(minute);
    await pause(true);
    expect((await resync()).body).toMatchObject({
      status: 'waiting',
      why: { code: 'writes.paused' },
      left: 3,
    });
    service.jump(minute);
    await service.flush();
    expect((await resync('GET')).body).toMatchObject({ status: 'waiting', left: 3 });
    await pause(false);
    await service.flush();
    expect((await resync('GET')).body).toMatchObject({ status: 'finished', left: 0 });
    expect((await service.read('/audit?action=connection.resync')).items.length).toBeGreaterThan(0);
  });

  it('of a dry run is told until it is finished', async () => {
    const at = new Date(service.clock().getTime() - day);
    const requester = service.vendor.addContact({ name: 'Ben' });
    service.vendor.addTicket({ requester, state: 'resolved', resolvedAt: at, updatedAt: at, publicReplies: 1 });
    const { body: begun } = await service.call('POST', '/surveys/after-ticket/dry-runs', { body: {} });
    const { next } = await listen(`/dry-runs/${begun.id}/events`, {
      authorization: `Bearer ${await service.keyFor('read')}`,
    });
    expect(await next()).toMatchObject({ kind: 'progress', data: { id: begun.id, status: 'running' } });

    await service.runDue();

    const last = await next();
    expect(last).toMatchObject({ kind: 'end', data: { status: 'finished' } });
    expect(await service.read(`/dry-runs/${begun.id}`)).toEqual(last?.data);
    expect(await next()).toBeUndefined();
  });

  it('is told nobody who may not know, and of nothing that is not there', async () => {
    const { response } = await listen('/dry-runs/00000000-0000-4000-8000-000000000000/events');
    expect(response.status).toBe(404);
    const stranger = await fetch(`${service.url}/api/connections/${service.connectionId()}/events`);
    expect(stranger.status).toBe(401);
  });

  it('asked for by its head alone ends', async () => {
    const headers = { authorization: `Bearer ${bootstrapKey}` };
    const path = `${service.url}/api/connections/${service.connectionId()}/events`;
    expect((await fetch(path, { method: 'HEAD', headers })).status).toBe(200);
  });

  it('ends when the service stops', async () => {
    service.jump(minute);
    await resync();
    const { next } = await listen(`/connections/${service.connectionId()}/events`);
    expect(await next()).toMatchObject({ kind: 'progress' });
    service.beginToStop();
    expect(await next()).toBeUndefined();
  });
});

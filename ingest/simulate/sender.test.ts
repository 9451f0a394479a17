import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requestOf } from './request.ts';
import { createSender, SendError } from './sender.ts';
import { startTestIngest, type TestIngest } from './test-ingest.ts';

const token = 'test-token-of-the-simulator';

describe('the sender', () => {
  let ingest: TestIngest;
  let said: string[];
  let stop: AbortController;
  beforeEach(async () => {
    ingest = await startTestIngest(token);
    said = [];
    stop = new AbortController();
  });
  afterEach(() => ingest.close());
  const sender = (url = ingest.url, with_token = token) =>
    createSender({ url, token: with_token, signal: stop.signal, say: (line) => said.push(line), first_wait_ms: 5 });

  it('sends the three protocols', async () => {
    await sender().send(requestOf('dossier_new', ['{"MaHoSo":"a"}', '{"MaHoSo":"b"}']));
    await sender().send(requestOf('step', ['{"MaHoSo":"a"}']));
    await sender().send(requestOf('event', ['{"id":"1"}', '{"id":"2"}']));
    await sender().send(requestOf('eve', ['{"flow_id":1}']));
    expect(ingest.records.map(({ path }) => path)).toEqual([
      ...new Array<string>(3).fill('/v1/dvcqg?source=mot-cua'),
      ...new Array<string>(2).fill('/v1/events'),
      '/v1/eve?source=suricata-ttdl',
    ]);
  });

  it('sends large bodies compressed, and nothing is lost in them', async () => {
    const texts = Array.from({ length: 3000 }, (_, n) => JSON.stringify({ id: String(n) }));
    expect(await sender().send(requestOf('event', texts))).toEqual({ stored: 3000, rejected: 0 });
    expect(ingest.records.map(({ text }) => text)).toEqual(texts);
  });

  it('sends again what was refused with 503, until it is taken, and says so once', async () => {
    let left = 4;
    ingest.refuse = (reply) =>
      left-- > 0 ? reply.status(503).header('retry-after', '0.01').send({ code: 'IOC_QUEUE_FULL' }) : undefined;
    await sender().send(requestOf('event', ['{"id":"1"}']));
    expect(ingest.requests).toBe(5);
    expect(ingest.records).toHaveLength(1);
    expect(said).toHaveLength(2);
  });

  it('outlives an ingest that is not there yet', async () => {
    const { url } = ingest;
    await ingest.close();
    const sending = sender(url).send(requestOf('event', ['{"id":"1"}']));
    await new Promise((done) => setTimeout(done, 40));
    stop.abort();
    await expect(sending).rejects.toThrow();
    expect(said[0]).toContain('does not take anything');
  });

  it('gives up on an answer that sending again would not change', async () => {
    await expect(sender(ingest.url, 'another token').send(requestOf('event', ['{"id":"1"}']))).rejects.toThrow(
      SendError,
    );
    expect(ingest.requests).toBe(1);
  });

  it('counts what was refused one by one, and goes on', async () => {
    ingest.refuse = (reply) =>
      reply.send({
        accepted: 1,
        duplicate: 0,
        rejected: [{ index: 1, code: 'IOC_EVENT_TYPE', reason: 'no such type' }],
      });
    expect(await sender().send(requestOf('event', ['{"id":"1"}', '{"id":"2"}']))).toEqual({ stored: 1, rejected: 1 });
    expect(said[0]).toContain('IOC_EVENT_TYPE');
  });
});

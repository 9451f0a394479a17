import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sharedData } from '../../shared-data.ts';
import { startTestIngest, type TestIngest } from '../../test-ingest.ts';

const folder = sharedData('security', process.env['SHARED_DATA']);
const read = (name: string) => gunzipSync(readFileSync(join(folder ?? '', name))).toString('utf8');

describe.skipIf(folder === undefined)('the logs of a real Zeek', { timeout: 120_000 }, () => {
  let ingest: TestIngest;
  beforeAll(async () => {
    ingest = await startTestIngest();
  });
  afterAll(() => ingest.close());

  const send = (text: string) =>
    ingest.post('/v1/zeek?source=zeek-ttdl&unit=H49', text, { 'content-type': 'application/x-ndjson' });
  const count = (condition: string) =>
    ingest.count(`SELECT count() FROM live.security_event WHERE source = 'zeek-ttdl' AND ${condition}`);

  it('are stored line by line, notices as alerts, at their own time', async () => {
    const notices = read('notice.json.gz');
    const weird = read('weird.json.gz');
    for (const text of [notices, weird]) expect((await send(text)).status).toBe(200);
    const lines = (text: string) => text.split('\n').filter((line) => line !== '').length;
    expect(await count('1')).toBe(lines(notices) + lines(weird));
    expect(await count("type = 'security.alert' AND category = 'SSL' AND severity = 0")).toBe(lines(notices));
    expect(await count("event_type = 'weird' AND signature = 'bad_HTTP_request'")).toBe(
      weird.split('\n').filter((line) => line.includes('"name":"bad_HTTP_request"')).length,
    );
    expect(await count("toDate(observed_at) != '2018-03-24'")).toBe(0);
  });

  it('add nothing when they are sent again', async () => {
    expect((await send(read('notice.json.gz'))).body).toMatchObject({ accepted: 0, duplicate: 207 });
  });
});

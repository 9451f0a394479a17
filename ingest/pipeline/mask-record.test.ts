import { expect, it } from 'vitest';
import { createMaskRecord } from './mask-record.ts';

it.each([
  ['{"flow_id":1691234567890123,"src_ip":"192.168.100.200","bytes":1234567890}', undefined],
  ['{"tls":{"serial":"00:8F:12:34:56","version":"TLS 1.2"},"md5":"0123456789ab0123456789ab"}', undefined],
  ['{"http":{"headers":[{"name":"Host","value":"www.x.vn"}]}}', undefined],
  ['{"http":{"url":"/tra-cuu?hoten=An&cccd=022090550001&a=1"}}', '{"http":{"url":"/tra-cuu?hoten=[…]&cccd=[…]&a=1"}}'],
  ['{"signature": "call 0912345678 or 0912 345 678"}', '{"signature": "call […] or […]"}'],
  ['{"smtp":{"mail_from":"<an@x.vn>"}}', '{"smtp":{"mail_from":"<[…@…]>"}}'],
  [
    '{"payload":"R09PRA==","payload_printable":"","packet":"AA=="}',
    '{"payload":"[…]","payload_printable":"","packet":"[…]"}',
  ],
  ['{"hoten":"An","x":"\\u0041"}', '{"hoten":"[…]","x":"\\u0041"}'],
])('masks %s', (line, kept = line) => expect(createMaskRecord()(line)).toBe(kept));

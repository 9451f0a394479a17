import type { IncomingHttpHeaders } from 'node:http';

/** True for binary content mode: attributes in `ce-` headers, and a content type that is the data's own. */
export function isBinaryMode(headers: IncomingHttpHeaders, contentType: string): boolean {
  return headers['ce-specversion'] !== undefined && !contentType.startsWith('application/cloudevents');
}

/** The envelope of an event in binary mode. `data` is the body; the content type is `datacontenttype`. */
export function readBinary(headers: IncomingHttpHeaders, data: unknown): Record<string, unknown> {
  const attributes = Object.entries(headers).flatMap(([name, value]) =>
    name.startsWith('ce-') && typeof value === 'string' ? [[name.slice(3), decodeHeader(value)]] : [],
  );
  return { ...Object.fromEntries(attributes), datacontenttype: headers['content-type'], data };
}

/**
 * A header value as the binding says (3.1.3.2): quotes taken off, percent-encoded UTF-8 decoded. A percent sign that begins no such sequence
 * stands for itself.
 */
export function decodeHeader(value: string): string {
  const quoted = /^"(.*)"$/s.exec(value)?.[1];
  const plain = quoted === undefined ? value : quoted.replace(/\\(.)/gs, '$1');
  return plain.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded);
    } catch {
      return encoded;
    }
  });
}

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { StartError } from './config.ts';

/** Throws a StartError that names the variable when nothing can listen on a port. Port 0 is always free. */
export async function assertFree(host: string, port: number, variable: string): Promise<void> {
  if (port === 0) return;
  const code = await new Promise<string | undefined>((done) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => done(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => done(undefined)));
  });
  if (code === undefined) return;
  if (code === 'EADDRINUSE')
    throw new StartError(
      `Port ${port} (${variable}) is in use. Stop what uses it, or set ${variable} to another port; 0 takes any free one.`,
    );
  if (code === 'EACCES')
    throw new StartError(
      `Port ${port} (${variable}) may not be opened by this user. Set ${variable} to one above 1023.`,
    );
  throw new StartError(`Nothing can listen on ${host}:${port} (HOST, ${variable}): ${code}.`);
}

/** A port of UDP on this machine that nobody uses. */
export async function freeUdpPort(): Promise<number> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  await once(socket, 'close');
  return port;
}

/** The host under which a listener on `host` is reached from this machine. */
export function reachableHost(host: string): string {
  if (['0.0.0.0', '::'].includes(host)) return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { Aedes } from 'aedes';

/** A real broker on the loopback, that can be away for a while and keeps its sessions meanwhile. */
export interface TestBroker {
  url: string;
  /** Publishes as some device would. */
  publish: (topic: string, payload: string | Buffer, retain?: boolean) => Promise<void>;
  /** Messages that were acknowledged so far. */
  acknowledged: () => number;
  /** Times that a client has subscribed so far. */
  subscriptions: () => number;
  /** Clients that it takes for connected. */
  clients: () => number;
  /** Breaks all connections and takes no others, until it listens again. */
  leave: () => Promise<void>;
  listen: () => Promise<void>;
  close: () => Promise<void>;
}

/** Starts a broker that takes only this user. */
export async function startTestBroker(user: { name: string; password: string }): Promise<TestBroker> {
  let acknowledged = 0;
  const broker = await Aedes.createBroker({
    authenticate: (_, name, password, done) => done(null, name === user.name && password?.toString() === user.password),
  });
  let subscriptions = 0;
  broker.on('subscribe', () => (subscriptions += 1));
  broker.on('ack', () => (acknowledged += 1));
  const sockets = new Set<Socket>();
  const take = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    broker.handle(socket);
  };
  let port = 0;
  let server: Server | undefined;
  const listen = async (): Promise<void> => {
    server = createServer(take).listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    port = typeof address === 'object' && address ? address.port : 0;
  };
  const leave = async (): Promise<void> => {
    if (!server?.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await listen();
  return {
    url: `mqtt://127.0.0.1:${port}`,
    publish: (topic, payload, retain = false) =>
      new Promise((resolve, reject) => {
        broker.publish({ cmd: 'publish', topic, payload, retain, qos: 1, dup: false }, (error) =>
          error ? reject(error) : resolve(),
        );
      }),
    acknowledged: () => acknowledged,
    subscriptions: () => subscriptions,
    clients: () => broker.connectedClients,
    leave,
    listen,
    close: async () => {
      await leave();
      await new Promise<void>((resolve) => broker.close(resolve));
    },
  };
}

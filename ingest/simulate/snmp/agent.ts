import { createAgent, type User } from 'net-snmp';
import { z } from 'zod';
import type { ObjectTree, ServedObject } from './object-tree.ts';

/** An agent that listens. */
export interface Agent {
  /** Requests that it has answered. */
  requests: () => number;
  close: () => void;
}

/** What an agent is started with. */
export interface AgentOptions {
  address: string;
  /** It is given, because the library does not tell a chosen one. */
  port: number;
  /** The communities of version 2c that it knows. */
  communities: readonly string[];
  /** A user of version 3. */
  user?: User | undefined;
  /** The objects for a request, by its community (empty for version 3); undefined for no answer. */
  treeOf: (community: string) => ObjectTree | undefined;
  /** Told of what goes wrong with the port. */
  onError?: (error: Error) => void;
}

const RequestSchema = z.looseObject({
  version: z.number(),
  community: z.string().default(''),
  pdu: z.looseObject({
    varbinds: z.array(z.object({ oid: z.string() })),
    maxRepetitions: z.number().optional(),
    getResponsePduForRequest: z.custom<() => { varbinds: unknown[] }>((value) => typeof value === 'function'),
  }),
});
type Answer = (socket: unknown, message: unknown, from: unknown) => void;
/** What is used of the library's agent, whose types it does not state. */
const LibraryAgentSchema = z.custom<{
  getAuthorizer: () => { addCommunity: (community: string) => void; addUser: (user: User) => void };
  getRequest: Answer;
  getNextRequest: Answer;
  getBulkRequest: Answer;
  sendResponse: (socket: unknown, from: unknown, message: unknown, pdu: unknown) => void;
  close: () => void;
}>((value) => typeof value === 'object' && value !== null);

/** Most values of an answer. */
const MOST_VALUES = 100;

/** Starts an agent of the library that serves lists of objects: several devices behind one port, told apart by the community that they are asked with. */
export function startAgent({ address, port, communities, user, treeOf, onError }: AgentOptions): Agent {
  let requests = 0;
  const agent = LibraryAgentSchema.parse(
    createAgent({ address, port, disableAuthorization: false }, (error: Error | null) => error && onError?.(error)),
  );
  for (const community of communities) agent.getAuthorizer().addCommunity(community);
  if (user) agent.getAuthorizer().addUser(user);

  const answer =
    (find: (tree: ObjectTree, oids: string[], repetitions: number) => ServedObject[]): Answer =>
    (socket, message, from) => {
      const { pdu, community } = RequestSchema.parse(message);
      const tree = treeOf(community);
      if (!tree) return;
      requests += 1;
      const response = pdu.getResponsePduForRequest();
      response.varbinds = find(
        tree,
        pdu.varbinds.map(({ oid }) => oid),
        pdu.maxRepetitions ?? 1,
      );
      agent.sendResponse(socket, from, message, response);
    };
  agent.getRequest = answer((tree, oids) => oids.map(tree.get));
  agent.getNextRequest = answer((tree, oids) => oids.map(tree.next));
  agent.getBulkRequest = answer((tree, oids, repetitions) => {
    const given: ServedObject[] = [];
    let cursors = oids;
    for (
      let n = 0;
      n < Math.min(repetitions, MOST_VALUES) && given.length + oids.length <= Math.max(MOST_VALUES, oids.length);
      n += 1
    ) {
      const row = cursors.map(tree.next);
      given.push(...row);
      cursors = row.map(({ oid }) => oid);
    }
    return given;
  });
  return { requests: () => requests, close: () => agent.close() };
}

/** For libraries that make their own calls: connections that go only where ours may. Whoever gives this to a library has
 * to see to it that the library follows no redirects to the other protocol; Node refuses those itself. */
import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { findDestination } from './find-destination';

type Made = (error: Error | null, stream: Duplex) => void;

/**
 * An agent that asks findDestination before it connects, and connects to the address that was checked.
 * @param trusted a host of the deployment's own configuration, which may lie in a private network
 */
export function guardedAgent(protocol: 'http:' | 'https:', trusted: string): http.Agent {
  const secure = protocol === 'https:';
  const agent = secure ? new https.Agent({ maxSockets: 8 }) : new http.Agent({ maxSockets: 8 });
  const connect = agent.createConnection.bind(agent) as (options: object, made?: Made) => Duplex;
  agent.createConnection = (options: https.RequestOptions, made?: Made) => {
    const host = options.host ?? '';
    if (host === trusted) return connect(options);
    const name = host.includes(':') ? `[${host}]` : host;
    findDestination(`${protocol}//${name}:${options.port}`).then(
      ({ address, family }) => made?.(null, connect({ ...options, host: address, family })),
      (error: Error) => made?.(error, undefined as unknown as Duplex),
    );
    return undefined;
  };
  return agent;
}

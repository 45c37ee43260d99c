/** The desk's own HTTP server: one place, a short table of routes. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Fault } from './core/fault.js';
import type { Log } from './log.js';

/** Answers a request. Whatever it throws is logged and answered with 500. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
/** `METHOD /path`; a path that ends in `/` also takes what is below it. */
export type Routes = Map<string, Handler>;

export type Web = { readonly server: Server; readonly port: number; readonly close: () => Promise<void> };

const largestBody = 1_000_000;

export const sendJson = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  });
  response.end(`${JSON.stringify(body)}\n`);
};

/** The body as JSON; undefined when it is none. */
export const readJson = async (request: IncomingMessage): Promise<unknown> => {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
    if (body.length > largestBody) return undefined;
  }
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

const find = (routes: Routes, method: string, path: string): Handler | undefined =>
  routes.get(`${method} ${path}`) ??
  [...routes].find(([route]) => route.endsWith('/') && `${method} ${path}`.startsWith(route))?.[1];

/**
 * Listens on the host. A port that is taken is a Fault if the operator named it; otherwise the next free one
 * of the following twenty is used.
 */
export const openWeb = async (
  host: string,
  port: { readonly number: number; readonly named: boolean },
  routes: Routes,
  log: Log,
): Promise<Web> => {
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://desk').pathname;
    const handler = find(routes, request.method ?? 'GET', path);
    if (!handler) return sendJson(response, 404, { error: 'There is nothing here.' });
    try {
      await handler(request, response);
    } catch (error) {
      log.error({ err: error, path }, 'a request failed');
      if (!response.headersSent) sendJson(response, 500, { error: 'Something went wrong; see the log.' });
    }
  });
  const tries = port.named ? 1 : 20;
  for (let number = port.number; number < port.number + tries; number++) {
    if (await listens(server, host, number)) {
      return { server, port: portOf(server), close: () => closeServer(server) };
    }
  }
  throw new Fault(
    'port',
    `Port ${port.number} on ${host} is taken by another program.`,
    'Set PORT to a free one, or stop the program that uses it.',
  );
};

const listens = (server: Server, host: string, port: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      server.off('listening', succeeded);
      if (error.code === 'EADDRINUSE') resolve(false);
      else
        reject(
          new Fault('port', `Can’t listen on ${host}:${port}: ${error.message}`, 'Check HOST and PORT.'),
        );
    };
    const succeeded = () => {
      server.off('error', failed);
      resolve(true);
    };
    server.once('error', failed);
    server.once('listening', succeeded);
    server.listen(port, host);
  });

const portOf = (server: Server): number => {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
};

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    // Event streams never end by themselves.
    setTimeout(() => server.closeAllConnections(), 500).unref();
  });

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

/** The same words for whatever is not there, so that nothing can be learned from them. */
export const nothingHere = (response: ServerResponse): void =>
  sendJson(response, 404, { error: 'There is nothing here.' });

type Route = { readonly method: string; readonly place: string; readonly handler: Handler };

/** The routes that lead to a path, the closest first. */
const leadingTo = (routes: Routes, path: string): readonly Route[] =>
  [...routes]
    .flatMap(([name, handler]) => {
      const [method = '', place = ''] = name.split(' ');
      return place === path || (place.endsWith('/') && path.startsWith(place))
        ? [{ method, place, handler }]
        : [];
    })
    .toSorted((a, b) => b.place.length - a.place.length);

const answer = async (
  routes: Routes,
  log: Log,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const asked = request.url ?? '/';
  const found = URL.canParse(asked, 'http://desk')
    ? leadingTo(routes, new URL(asked, 'http://desk').pathname)
    : [];
  const [closest] = found;
  if (!closest) return nothingHere(response);
  const route = found.find((one) => one.method === request.method);
  if (!route) {
    const allowed = found.filter((one) => one.place === closest.place).map((one) => one.method);
    response.setHeader('allow', allowed.join(', '));
    return sendJson(response, 405, { error: `Only ${allowed.join(' and ')} will do here.` });
  }
  try {
    await route.handler(request, response);
  } catch (error) {
    // Of the path no more than its route: an address may be a key.
    log.error({ err: error, route: `${route.method} ${route.place}` }, 'a request failed');
    if (!response.headersSent) sendJson(response, 500, { error: 'Something went wrong; see the log.' });
  }
};

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
  const server = createServer((request, response) => answer(routes, log, request, response));
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

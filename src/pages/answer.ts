/** How pages are answered: what may be kept of them, and what a browser may do with them. */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.js';
import type { Passes } from '../links.js';
import type { Database } from '../store/database.js';

export type Tools = { readonly database: Database; readonly clock: Clock; readonly passes: Passes };

export type Page = {
  readonly status?: 200 | 410;
  readonly type: string;
  readonly body: string | Buffer;
  /** Nothing is kept of it, by nobody. */
  readonly secret?: true;
  /** Offered under this name, to be kept as a file. */
  readonly fileName?: string;
  /** Styles that a page may have, by their digests: see `styleSource`. */
  readonly styles?: string;
};

// Addresses are keys here: they are told to no other site and found by no search engine.
const always = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'cross-origin-resource-policy': 'same-origin',
};

/** Answers with a page; without its body where the reader has it already or asks for its head alone. */
export const sendPage = (
  request: IncomingMessage,
  response: ServerResponse,
  { status = 200, type, body, secret, fileName, styles }: Page,
): void => {
  const bytes = typeof body === 'string' ? Buffer.from(body, 'utf8') : body;
  const tag = `"${createHash('sha256').update(bytes).digest('base64url')}"`;
  const headers = {
    ...always,
    'content-security-policy': policy(styles),
    'cache-control': secret ? 'no-store' : 'private, no-cache',
    ...(!secret && { etag: tag }),
  };
  if (!secret && has(request.headers['if-none-match'], tag)) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(status, {
    ...headers,
    'content-type': type,
    'content-length': bytes.length,
    ...(fileName !== undefined && { 'content-disposition': `attachment; filename="${fileName}"` }),
  });
  response.end(request.method === 'HEAD' ? undefined : bytes);
};

const policy = (styles: string | undefined): string =>
  [
    "default-src 'none'",
    ...(styles === undefined ? [] : [`style-src ${styles}`]),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

/** Allows exactly these styles. */
export const styleSource = (css: string): string =>
  `'sha256-${createHash('sha256').update(css).digest('base64')}'`;

const has = (wanted: string | undefined, tag: string): boolean =>
  wanted?.split(',').some((one) => ['*', tag].includes(one.trim().replace(/^W\//, ''))) ?? false;

/** The part of the path behind a route: `/door/abc` → `abc`. */
export const restOf = (request: IncomingMessage, route: string): string =>
  new URL(request.url ?? '/', 'http://desk').pathname.slice(route.length);

/** What happens on the stand-in networks, sent to every open page as it happens and replayed to new ones. */
import type { IncomingMessage, ServerResponse } from 'node:http';

export type Happening = {
  readonly channel: 'slack' | 'wechat';
  readonly kind: 'message' | 'edit' | 'modal' | 'home' | 'closed';
  /** A room's id, or `direct` and the account of the person the desk talks with. */
  readonly place: string;
  /** An account, or `desk`. */
  readonly from: string;
  readonly user?: string;
  readonly ts?: string;
  readonly view?: string;
  readonly text: string;
  readonly blocks?: readonly unknown[];
};

const remembered = 2000;
const beatMs = 15_000;

export const openStream = () => {
  const pages = new Set<ServerResponse>();
  const past: string[] = [];
  let count = 0;
  const beat = setInterval(() => {
    for (const page of pages) page.write(': still here\n\n');
  }, beatMs).unref();

  return {
    show: (happening: Happening): void => {
      count += 1;
      const event = `id: ${count}\ndata: ${JSON.stringify(happening)}\n\n`;
      // A modal or a home page is something of the moment: a page that opens later need not show it.
      const stays = happening.kind === 'message' || happening.kind === 'edit';
      past.push(stays ? event : '');
      if (past.length > remembered) past.shift();
      for (const page of pages) page.write(event);
    },
    /** A page that reconnects tells the last event it saw, and gets what came after. */
    open: (request: IncomingMessage, response: ServerResponse): void => {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
      });
      const seen = Number(request.headers['last-event-id'] ?? 0);
      const first = count - past.length + 1;
      response.write(`retry: 1000\n\n${past.slice(Math.max(0, seen - first + 1)).join('')}`);
      pages.add(response);
      response.on('close', () => pages.delete(response));
    },
    close: (): void => {
      clearInterval(beat);
      for (const page of pages) page.end();
    },
  };
};

/** Socket Mode for the stand-in. Apart from the rest because only tests have the package that it needs. */
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { Receipt } from './courier.js';
import type { SlackStandIn } from './slack-stand-in.js';

const acknowledgement = z.object({ envelope_id: z.string(), payload: z.unknown().optional() });

export interface SocketStandIn {
  /** Connections that were greeted so far. */
  readonly greeted: () => number;
  readonly isConnected: () => boolean;
  /** Slack asks the app to connect anew, as it does every few hours. */
  refresh(): void;
  /** The line is cut without a word. */
  cut(): void;
}

/** Lets a stand-in deliver over a WebSocket instead of HTTP. Needs its `appToken`. */
export const attachSocket = (slack: SlackStandIn): SocketStandIn => {
  const sockets = new WebSocketServer({ server: slack.server, path: '/socket' });
  const waiting = new Map<string, (payload: unknown) => void>();
  let current: WebSocket | undefined;
  let greeted = 0;

  const wssUrl = `${slack.apiUrl.replace(/^http/, 'ws').replace(/\/api\/$/, '')}/socket`;
  slack.addMethod('apps.connections.open', slack.settings.appToken ?? '', () => ({ url: wssUrl }));

  sockets.on('connection', (socket) => {
    current = socket;
    greeted += 1;
    socket.on('message', (data) => {
      const parsed = acknowledgement.safeParse(JSON.parse(String(data)));
      if (parsed.success) waiting.get(parsed.data.envelope_id)?.(parsed.data.payload);
    });
    socket.on('close', () => {
      if (current === socket) current = undefined;
    });
    socket.send(JSON.stringify({ type: 'hello', num_connections: 1 }));
  });

  slack.useTransport(async (parcel, retry): Promise<Omit<Receipt, 'attempts'>> => {
    const socket = current;
    if (!socket) return { status: 0, body: '' };
    const envelope = crypto.randomUUID();
    return new Promise((resolve) => {
      const settle = (receipt: Omit<Receipt, 'attempts'>) => {
        clearTimeout(timer);
        socket.off('close', closed);
        waiting.delete(envelope);
        resolve(receipt);
      };
      const closed = () => settle({ status: 0, body: '' });
      const timer = setTimeout(closed, slack.settings.ackTimeoutMs ?? 3000);
      socket.on('close', closed);
      waiting.set(envelope, (payload) => settle({ status: 200, body: payload ?? '' }));
      socket.send(
        JSON.stringify({
          envelope_id: envelope,
          type: { event: 'events_api', command: 'slash_commands', interaction: 'interactive' }[parcel.kind],
          accepts_response_payload: parcel.kind !== 'event',
          payload: parcel.body,
          retry_attempt: retry?.number ?? 0,
          retry_reason: retry?.reason ?? '',
        }),
      );
    });
  });

  return {
    greeted: () => greeted,
    isConnected: () => current !== undefined,
    refresh: () => current?.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' })),
    cut: () => current?.terminate(),
  };
};

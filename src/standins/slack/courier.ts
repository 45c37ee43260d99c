import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

/** What Slack hands to the app: an event (tried again until taken), a command or an interaction (not). */
export type Parcel = {
  readonly kind: 'event' | 'command' | 'interaction';
  readonly body: Readonly<Record<string, unknown>>;
};
/** What came back. Status 0: nothing did. */
export type Receipt = { readonly status: number; readonly body: unknown; readonly attempts: number };
export type Retry = { readonly number: number; readonly reason: string };
export type Transport = (parcel: Parcel, retry: Retry | undefined) => Promise<Omit<Receipt, 'attempts'>>;

/** Slack's signature over a raw body. `timestamp` is in seconds. */
export const sign = (secret: string, timestamp: number, body: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;

/** Delivers by signed HTTP requests, as Slack does to a Request URL. */
export const overHttp =
  (url: () => string, signingSecret: string, ackTimeoutMs: number): Transport =>
  async (parcel, retry) => {
    const body = encode(parcel);
    const timestamp = Math.floor(Date.now() / 1000);
    try {
      const response = await fetch(url(), {
        method: 'POST',
        headers: {
          'content-type': parcel.kind === 'event' ? 'application/json' : 'application/x-www-form-urlencoded',
          'x-slack-request-timestamp': String(timestamp),
          'x-slack-signature': sign(signingSecret, timestamp, body),
          ...(retry && { 'x-slack-retry-num': String(retry.number), 'x-slack-retry-reason': retry.reason }),
        },
        body,
        signal: AbortSignal.timeout(ackTimeoutMs),
      });
      return { status: response.status, body: readBody(await response.text()) };
    } catch {
      return { status: 0, body: '' };
    }
  };

const encode = ({ kind, body }: Parcel): string => {
  switch (kind) {
    case 'event':
      return JSON.stringify(body);
    case 'command':
      return new URLSearchParams(
        Object.entries(body).map(([key, value]): [string, string] => [key, String(value)]),
      ).toString();
    case 'interaction':
      return new URLSearchParams({ payload: JSON.stringify(body) }).toString();
    default:
      return kind satisfies never;
  }
};

const readBody = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** Tries as often as Slack does: events again after each delay until one is answered with 2xx. */
export const deliverParcel = async (
  parcel: Parcel,
  transport: Transport,
  retryDelaysMs: readonly number[],
): Promise<Receipt> => {
  const delays = parcel.kind === 'event' ? retryDelaysMs : [];
  let receipt = await transport(parcel, undefined);
  let attempts = 1;
  for (const delay of delays) {
    if (receipt.status >= 200 && receipt.status < 300) break;
    await pause(delay);
    const reason = receipt.status === 0 ? 'http_timeout' : 'http_error';
    receipt = await transport(parcel, { number: attempts, reason });
    attempts += 1;
  }
  return { ...receipt, attempts };
};

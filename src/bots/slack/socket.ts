import { setTimeout as pause } from 'node:timers/promises';
import type { SocketModeReceiver } from '@slack/bolt';
import type { Log } from '../../log.js';
import { refusal } from './outcome.js';

type Client = SocketModeReceiver['client'];
export type SocketState = { readonly state: 'up' | 'starting' | 'down'; readonly detail: string };

/**
 * Keeps one Socket Mode connection. The client's own reconnecting waits five seconds after every planned
 * refresh, and an error on its way back ends the process; here both are a loop with a growing pause.
 */
export const openSocket = (client: Client, log: Log) => {
  const stopping = new AbortController();
  let state: SocketState = { state: 'starting', detail: 'Socket Mode: connecting' };
  let running: Promise<void> = Promise.resolve();
  let hangUp = () => {};
  client.on('disconnected', () => hangUp());

  const keepConnected = async () => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const gone = new Promise<void>((resolve) => {
        hangUp = resolve;
      });
      try {
        await client.start();
        failures = 0;
        // Stopped while it was connecting.
        if (stopping.signal.aborted) await client.disconnect();
        state = { state: 'up', detail: 'Socket Mode: connected' };
        await gone;
        state = { state: 'starting', detail: 'Socket Mode: reconnecting' };
        log.info('Socket Mode: connection closed');
      } catch (error) {
        failures += 1;
        const reason = refusal(error) ?? (error instanceof Error ? error.message : 'no connection');
        state = { state: 'down', detail: `Socket Mode: ${reason}` };
        log.error({ reason, failures }, 'Socket Mode: can’t connect; check SLACK_APP_TOKEN and the network');
      }
      const waitMs = Math.min(30_000, 100 * 2 ** Math.min(failures, 10));
      await pause(waitMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
    state = { state: 'down', detail: 'Socket Mode: stopped' };
  };

  return {
    state: (): SocketState => state,
    start: () => {
      running = keepConnected();
    },
    /** Closes the connection. Acknowledgements have to be out before. */
    stop: async () => {
      stopping.abort();
      await client.disconnect();
      await running;
    },
  };
};

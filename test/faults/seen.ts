/** The record of the networks, as the checker reads it. */
import { z } from 'zod';
import type { Seen } from './check.js';
import type { Harm } from './harm.js';
import type { People } from './people.js';
import { askPatiently, type Stage } from './stage.js';

/** Storing takes milliseconds; what could not be stored is tried again for a good while. */
const storedWithinMs = 3_000;
const afterOutageMs = 40_000;

export const seenBy = async (stage: Stage, people: People, harm: Harm): Promise<Seen> => {
  const [clock] = z
    .array(z.object({ offset: z.string() }))
    .parse(await askPatiently(stage.url(), 'select "offsetMs"::text as offset from "Clock"'));
  const livedOn = (at: number): boolean => {
    const outage = harm.outages.find((one) => one.from < at + storedWithinMs && one.to > at - 1_000);
    const until = outage ? outage.to + afterOutageMs : at + storedWithinMs;
    return stage.lives.some(
      (life) =>
        life.role === 'wechat' &&
        life.upAt !== undefined &&
        life.upAt <= at &&
        (life.endedAt ?? Number.POSITIVE_INFINITY) > until,
    );
  };
  return {
    utterances: people.utterances.map((one) => ({ ...one, livedOn: livedOn(one.sentAt) })),
    posted: [
      ...stage.wechat.sent.map(({ conversation, text }) => ({
        channel: 'wechat' as const,
        conversation,
        text,
      })),
      ...stage.slack.posts
        .filter((post) => post.author === stage.slack.botUserId)
        .map((post) => ({
          channel: 'slack' as const,
          conversation: post.channel,
          text: post.text,
          ...outboxOf(post.metadata),
        })),
    ],
    heard: people.heard,
    now: new Date(Date.now() + Number(clock?.offset ?? 0)),
  };
};

const metadata = z.object({ event_payload: z.object({ outbox_id: z.string() }) });

const outboxOf = (given: unknown): { readonly outbox?: string } => {
  const value: unknown = typeof given === 'string' ? JSON.parse(given) : given;
  const read = metadata.safeParse(value);
  return read.success ? { outbox: read.data.event_payload.outbox_id } : {};
};

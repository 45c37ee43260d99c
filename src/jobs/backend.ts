/** BullMQ on Redis or on PostgreSQL: the same queues and workers on either. */
import { setTimeout as pause } from 'node:timers/promises';
import { createPostgresBackend, Queue, runMigrations, Worker, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import type { Log } from '../log.js';

export const queueNames = ['ring', 'deliver-slack', 'deliver-wechat'] as const;
export type QueueName = (typeof queueNames)[number];

/** A job carries ids only; its id makes adding it twice harmless. */
export type JobOf = {
  readonly id: string;
  readonly data: Readonly<Record<string, string | number>>;
  readonly delayMs: number;
};

export type Backend = {
  readonly kind: 'redis' | 'postgres';
  /** Rejects at once when the queues can't be reached: the sweep will add again. */
  readonly add: (queue: QueueName, jobs: readonly JobOf[]) => Promise<void>;
  readonly work: (queue: QueueName, concurrency: number, handle: (data: unknown) => Promise<void>) => void;
  /** Rejects when the queues can't be reached. */
  readonly ping: () => Promise<void>;
  /** How many jobs wait, run or are put off. Rejects when the queues can't be reached. */
  readonly counts: (queue: QueueName) => Promise<Readonly<Record<string, number>>>;
  /** Lets running jobs finish, then closes every connection. */
  readonly close: () => Promise<void>;
};

// A worker that died gives its jobs back after about ten seconds.
const workerOptions = { lockDuration: 10_000, stalledInterval: 5_000, maxStalledCount: 2 };
const jobOptions = {
  attempts: 3,
  backoff: { type: 'exponential', delay: 500 },
  // Ids must be free again as soon as a job is over: uniqueness is the database's business.
  removeOnComplete: true,
  removeOnFail: true,
};

type Emitter = { on(event: 'error', listener: (error: Error) => void): unknown };
type Closing = { close(): Promise<void> };
type Counting = {
  getJobCounts(...states: ('waiting' | 'active' | 'delayed')[]): Promise<Record<string, number>>;
};
type Adding = { addBulk(jobs: { name: string; data: unknown; opts: object }[]): Promise<unknown> };

type Pieces = {
  readonly kind: Backend['kind'];
  readonly queue: (name: QueueName) => Adding & Counting & Closing & Emitter;
  readonly worker: (
    name: QueueName,
    handle: (data: unknown) => Promise<void>,
    concurrency: number,
  ) => Closing & Emitter;
  readonly ping: () => Promise<void>;
  readonly end: () => Promise<void>;
};

const assemble = (pieces: Pieces, log: Log): Backend => {
  const queues = new Map<QueueName, ReturnType<Pieces['queue']>>();
  const workers: ReturnType<Pieces['worker']>[] = [];
  const listen = (
    name: string,
    emitter: { on: (event: 'error', listener: (error: Error) => void) => unknown },
  ) =>
    emitter.on('error', (error) => log.warn({ queue: name, err: { message: error.message } }, 'queue error'));
  const queue = (name: QueueName) => {
    const known = queues.get(name) ?? pieces.queue(name);
    if (!queues.has(name)) listen(name, known);
    queues.set(name, known);
    return known;
  };
  // A job that fails is tried again in silence, by the queue and then by the sweep: whoever runs the desk is told.
  const loudly =
    (name: QueueName, handle: (data: unknown) => Promise<void>) =>
    async (data: unknown): Promise<void> => {
      try {
        await handle(data);
      } catch (error) {
        log.error({ err: error, queue: name, job: data }, 'a job failed');
        throw error;
      }
    };
  return {
    kind: pieces.kind,
    add: async (name, jobs) => {
      if (jobs.length === 0) return;
      await queue(name).addBulk(
        jobs.map(({ id, data, delayMs }) => ({
          name,
          data,
          opts: { ...jobOptions, jobId: id, ...(delayMs > 0 && { delay: delayMs }) },
        })),
      );
    },
    work: (name, concurrency, handle) => {
      const worker = pieces.worker(name, loudly(name, handle), concurrency);
      listen(name, worker);
      workers.push(worker);
    },
    ping: pieces.ping,
    counts: async (name) => queue(name).getJobCounts('waiting', 'active', 'delayed'),
    close: async () => {
      await Promise.all(workers.map((worker) => worker.close()));
      await Promise.all([...queues.values()].map((one) => one.close()));
      await pieces.end();
    },
  };
};

const patienceMs = 3_000;

/** Queues on Redis. Waits a moment for it; while it is away, adding rejects and workers wait. */
export const openRedisBackend = async (url: string, log: Log, prefix = 'desk'): Promise<Backend> => {
  // Adding fails fast when Redis is away, for the sweep to repeat; a worker waits for it to come back.
  const adding = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 3_000,
  });
  const working = new Redis(url, { maxRetriesPerRequest: null });
  for (const connection of [adding, working]) {
    connection.on('error', (error: Error) => log.warn({ err: { message: error.message } }, 'redis error'));
  }
  await Promise.race([
    new Promise<void>((resolve) => adding.once('ready', () => resolve())),
    pause(patienceMs, undefined, { ref: false }),
  ]);
  return assemble(
    {
      kind: 'redis',
      queue: (name) => {
        // A queue whose first words to Redis fail stays useless for ever, so none is made before its time.
        if (adding.status !== 'ready') throw new Error('Redis is away');
        return new Queue(name, { connection: adding, prefix, skipWaitingForReady: true });
      },
      worker: (name, handle, concurrency) =>
        new Worker(name, (job) => handle(job.data), {
          ...workerOptions,
          connection: working,
          prefix,
          concurrency,
        }),
      ping: async () => {
        await adding.ping();
      },
      end: async () => {
        adding.disconnect();
        working.disconnect();
      },
    },
    log,
  );
};

const schema = 'bullmq';

export const openPostgresBackend = async (url: string, log: Log): Promise<Backend> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await runMigrations(client, schema);
  } finally {
    await client.end();
  }
  const connection = { connectionString: url, schema, max: 3 };
  const OnPostgres = withBackend(createPostgresBackend);
  const pinging = new OnPostgres.Queue('ring', { connection });
  pinging.on('error', (error) => log.warn({ err: { message: error.message } }, 'queue error'));
  return assemble(
    {
      kind: 'postgres',
      queue: (name) => new OnPostgres.Queue(name, { connection }),
      worker: (name, handle, concurrency) =>
        new OnPostgres.Worker(name, (job: { data: unknown }) => handle(job.data), {
          ...workerOptions,
          connection,
          concurrency,
        }),
      ping: async () => {
        await pinging.getJobCounts('waiting');
      },
      end: () => pinging.close(),
    },
    log,
  );
};

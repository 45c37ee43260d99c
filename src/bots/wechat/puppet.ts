/** Builds one Wechaty over the puppet of the settings. The only file that loads Wechaty, and only when asked. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Wechaty } from 'wechaty';
import { Fault } from '../../core/fault.js';

export type PuppetSettings = {
  /** The npm name of a Wechaty puppet, such as 'wechaty-puppet-service'. */
  readonly puppet: string;
  readonly puppetOptions: {
    readonly endpoint?: string;
    readonly token?: string;
    readonly tls?: { readonly disable: true };
    /** How long the puppet may be silent before it counts as lost. 60 by default. */
    readonly timeoutSeconds?: number;
  };
  /** A private directory: a puppet that logs in by itself keeps its session there, which is a secret. */
  readonly memoryDir: string;
};

export type Puppet = Wechaty['puppet'];

export type Line = {
  readonly wechaty: Wechaty;
  readonly puppet: Puppet;
  /** Lets go of the puppet. An account behind a service stays logged in there; one in this process stops. */
  close(): Promise<void>;
};

// Wechaty's watchdog resets the puppet and adds another listener each time, so that its resets double. It is
// put to sleep (as long as a timer can), and the session looks after the line itself.
const watchdogAsleep = { timeoutSeconds: 2_000_000 };

const isPuppetName = (name: string): name is 'wechaty-puppet-service' =>
  /^(?:@[\w.-]+\/)?wechaty-puppet-[\w-]+$/.test(name);

/** `onDropped` is called, maybe more than once, when the connection to a puppet service has ended. */
export const openLine = async (
  settings: PuppetSettings,
  onDropped: (reason: string) => void,
): Promise<Line> => {
  const { puppet: name, puppetOptions } = settings;
  if (!isPuppetName(name))
    throw new Fault(
      'wechat-puppet-name',
      `"${name}" is no name of a Wechaty puppet.`,
      'Set the puppet to an npm name such as wechaty-puppet-service.',
    );
  const { WechatyBuilder, log } = await import('wechaty');
  // Wechaty prints ids and texts in a form of its own. What matters arrives as error events.
  if (!process.env.WECHATY_LOG) log.level('silent');
  await mkdir(settings.memoryDir, { recursive: true, mode: 0o700 });
  const options = { ...puppetOptions, ...watchdogAsleep };
  const wechaty = WechatyBuilder.build({
    name: join(settings.memoryDir, 'wechat'),
    ...(name === 'wechaty-puppet-service'
      ? { puppet: await openService(options, onDropped) }
      : { puppet: name, puppetOptions: options }),
  });
  try {
    await wechaty.init();
  } catch (error) {
    throw new Fault(
      'wechat-puppet',
      `The WeChat puppet ${name} can't be loaded.`,
      `Install the package ${name}, or choose another puppet.`,
      { cause: error },
    );
  }
  return { wechaty, puppet: wechaty.puppet, close: () => wechaty.stop() };
};

const openService = async (
  options: PuppetSettings['puppetOptions'],
  onDropped: (reason: string) => void,
): Promise<Puppet> => {
  const { PuppetService } = await import('wechaty-puppet-service');
  if (!options.token || !/^[^_]+_./.test(options.token))
    throw new Fault(
      'wechat-token',
      'The token of the WeChat puppet service has no server name in front.',
      'Write the token as name_token; for a service without TLS, insecure_ and the token.',
    );
  type Grpc = InstanceType<typeof PuppetService>['grpcManager'];

  class DetachablePuppet extends PuppetService {
    /** No cache on disk: it would show old names after a restart, and keep them in the home directory. */
    protected override hookPayloadStore(): void {}

    /** Failing here would only make Wechaty wait five seconds before it says nothing. */
    override async onStart(): Promise<void> {
      try {
        await super.onStart();
      } catch (error) {
        onDropped(`the puppet service did not answer: ${error instanceof Error ? error.message : error}`);
      }
    }

    protected override bridgeGrpcEventStream(grpc: Grpc): void {
      super.bridgeGrpcEventStream(grpc);
      // Nobody opens the stream again, and the bot would stay deaf without noticing.
      grpc.on('status', (status: { details?: string }) =>
        onDropped(`the event stream ended: ${status.details}`),
      );
    }

    /**
     * Hangs up and leaves the puppet behind the service alone: its own way of stopping logs the account out,
     * for us after a restart and for whoever has taken the account over.
     */
    override async onStop(): Promise<void> {
      for (const cleanUp of this._cleanupCallbackList.splice(0)) cleanUp();
      const grpc = this._grpcManager;
      delete this._grpcManager;
      if (!grpc) return;
      grpc.eventStream?.cancel();
      grpc.client.close();
    }
  }
  return new DetachablePuppet(options);
};

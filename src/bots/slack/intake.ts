import { setTimeout as pause } from 'node:timers/promises';
import { App, type AppOptions, type types, type webApi } from '@slack/bolt';
import type { Conversation, Input } from '../../core/input.js';
import type { Log } from '../../log.js';
import type { Form, Reception, Taken } from '../bot.js';
import { formView, noFormView, waitingView } from './form.js';
import { homeView } from './home.js';
import { type Reading, readPayload } from './payload.js';

type ReceiverEvent = Parameters<App['processEvent']>[0];
type Intake = (event: ReceiverEvent, bolt: () => Promise<void>) => Promise<void>;

/**
 * A Bolt app in which the desk's inputs are stored before Bolt acknowledges anything: Bolt itself would
 * acknowledge an event first and lose it if storing fails. What is no input goes Bolt's own way.
 */
export class IntakeApp extends App {
  readonly #intake: Intake;

  constructor(options: AppOptions, intake: Intake) {
    super(options);
    this.#intake = intake;
  }

  override processEvent(event: ReceiverEvent): Promise<void> {
    return this.#intake(event, () => super.processEvent(event));
  }
}

export type IntakeNeeds = {
  readonly reception: Reception;
  readonly log: Log;
  /** For what is waited for before the acknowledgement: a short timeout, no retries. */
  readonly quick: webApi.WebClient;
  /** For what may be repeated: changing a view. */
  readonly patient: webApi.WebClient;
  readonly nameOf: (user: string) => Promise<string | undefined>;
  readonly botUserId: () => string | undefined;
  readonly now: () => Date;
};

const patienceMs = 5000;

type OpenView = { readonly id: string; readonly hash: string };

/** What happens to each payload, and who waits for it. */
export const openIntake = ({ reception, log, quick, patient, nameOf, botUserId, now }: IntakeNeeds) => {
  const underWay = new Set<Promise<unknown>>();
  const following = new Set<Promise<unknown>>();
  let stopped = false;
  let lastInputAt: Date | undefined;

  const track = <T>(works: Set<Promise<unknown>>, work: Promise<T>): Promise<T> => {
    works.add(work);
    const done = () => works.delete(work);
    work.then(done, done);
    return work;
  };
  const afterwards = (what: string, work: Promise<unknown>): void => {
    const failed = (error: unknown) => log.warn({ error: reasonOf(error) }, `Slack: ${what} failed`);
    track(following, work.catch(failed));
  };

  const take = async (input: Input, canShowForm: boolean): Promise<Taken> => {
    const name = await nameOf(input.sender.id);
    try {
      const taken = await reception.take(
        name === undefined ? input : { ...input, sender: { id: input.sender.id, name } },
        { canShowForm },
      );
      lastInputAt = now();
      return taken;
    } catch (error) {
      log.error({ error: reasonOf(error), input: input.kind }, 'Slack: not stored, so not acknowledged');
      throw error;
    }
  };

  /**
   * The right to open a modal lasts three seconds, so an empty one is opened first. Only once it stands does
   * the desk hear that it may answer with a form; otherwise it asks question by question.
   */
  const openWaiting = async (trigger: string): Promise<OpenView | undefined> => {
    try {
      const { view } = await quick.views.open({ trigger_id: trigger, view: waitingView });
      return view?.id && view.hash ? { id: view.id, hash: view.hash } : undefined;
    } catch (error) {
      log.warn({ error: reasonOf(error) }, 'Slack: no modal could be opened');
      return undefined;
    }
  };

  const fill = async (open: OpenView, form: Form | undefined, conversation: Conversation) => {
    const view: types.ModalView = form ? formView(form, conversation) : noFormView;
    await patient.views.update({ view_id: open.id, hash: open.hash, view });
  };

  const takeWithForm = async (input: Input, trigger: string | undefined): Promise<Taken> => {
    const [open] = await Promise.all([
      trigger === undefined ? undefined : openWaiting(trigger),
      nameOf(input.sender.id),
    ]);
    const taken = await take(input, open !== undefined);
    if (open)
      afterwards(
        'showing a form',
        taken.answered.then(({ form }) => fill(open, form, input.conversation)),
      );
    return taken;
  };

  const publishHome = async (account: string, user: string): Promise<void> => {
    const { language, items } = await reception.home('slack', account, user);
    await patient.views.publish({ user_id: user, view: homeView(language, items) });
  };

  const handle = async (
    reading: Reading,
    ack: ReceiverEvent['ack'],
    bolt: () => Promise<void>,
  ): Promise<void> => {
    switch (reading.kind) {
      case 'message':
        await take(reading.input, false);
        return ack();
      case 'command': {
        const wantsForm = reception.startsForm(reading.input.text);
        await takeWithForm(reading.input, wantsForm ? reading.trigger : undefined);
        return ack();
      }
      case 'press': {
        const { input, wantsForm, onHome, trigger } = reading;
        const taken = await takeWithForm(input, wantsForm ? trigger : undefined);
        if (onHome)
          afterwards(
            'refreshing the home page',
            taken.answered.then(() => publishHome(input.account, input.sender.id)),
          );
        return ack();
      }
      case 'form': {
        const { input, command, language } = reading;
        const problems = Object.entries(reception.checkForm(command, input.answers));
        if (problems.length > 0) {
          // Slack shows a problem only under an input that the form has.
          const [first = ''] = Object.keys(input.answers);
          const errors = problems.map(([name, problem]) => [
            name in input.answers ? name : first,
            problem[language],
          ]);
          return ack({ response_action: 'errors', errors: Object.fromEntries(errors) });
        }
        await take(input, false);
        return ack();
      }
      case 'aside':
        return bolt();
      case 'ignored':
        log.debug({ reason: reading.reason }, 'Slack: nothing to do');
        return ack();
      default:
        return reading satisfies never;
    }
  };

  const receive: Intake = (event, bolt) => {
    // Not acknowledged, so Slack delivers it again: to another process, or to the next one.
    if (stopped) return Promise.reject(new Error('the desk is stopping'));
    const reading = readPayload(event.body, { botUserId: botUserId(), now: now() });
    return track(underWay, handle(reading, event.ack, bolt));
  };

  return {
    receive,
    publishHome,
    isStopped: () => stopped,
    lastInputAt: () => lastInputAt,
    /** Takes nothing more and waits for what is under way; for forms that wait for their turn, not for ever. */
    stop: async () => {
      stopped = true;
      await Promise.allSettled(underWay);
      const patience = pause(patienceMs, undefined, { ref: false });
      await Promise.race([Promise.allSettled(following), patience]);
    },
  };
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

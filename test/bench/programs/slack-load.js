// Slack at a busy hour: signed events over so many connections that are kept, each with one event under way, and
// each event from somebody else.
// Prints how many were acknowledged in a second, and how long the slowest hundredth took at least.
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';

const [url, signingSecret, connections, events, run] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
let next = 0;
const took = [];

const bodyOf = (number) => {
  const person = `U${1000 + number}`;
  const ts = `${Math.floor(Date.now() / 1000)}.${String(number).padStart(6, '0')}`;
  return JSON.stringify({
    type: 'event_callback',
    team_id: 'T01',
    api_app_id: 'A01',
    event_id: `Ev${run}${number}`,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [{ team_id: 'T01', user_id: 'UBOT', is_bot: true }],
    event: {
      type: 'message',
      channel: `D${person}`,
      channel_type: 'im',
      user: person,
      text: '帮助',
      ts,
      client_msg_id: `${run}-${number}`,
    },
  });
};

const send = (body) =>
  new Promise((resolve, reject) => {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': `v0=${signature}`,
    };
    const sent = request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume();
      response.once('end', () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`status ${response.statusCode}`)),
      );
    });
    sent.once('error', reject);
    sent.end(body);
  });

const connection = async () => {
  while (next < Number(events)) {
    const body = bodyOf(next++);
    const began = performance.now();
    await send(body);
    took.push(performance.now() - began);
  }
};

const began = performance.now();
await Promise.all(Array.from({ length: Number(connections) }, connection));
const seconds = (performance.now() - began) / 1000;
took.sort((a, b) => a - b);
console.log(JSON.stringify({ perSecond: took.length / seconds, p99: took[Math.floor(took.length * 0.99)] }));
agent.destroy();

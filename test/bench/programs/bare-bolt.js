// The least that a Slack app can be: Bolt over HTTP, which checks the signature and acknowledges.
// Prints its port once it listens.
import { createServer } from 'node:http';
import { App, HTTPReceiver } from '@slack/bolt';

const [signingSecret] = process.argv.slice(2);
const receiver = new HTTPReceiver({ signingSecret, endpoints: '/slack/events', logLevel: 'error' });
new App({
  receiver,
  authorize: async () => ({ botToken: 'xoxb-bare' }),
  ignoreSelf: false,
  logLevel: 'error',
});
const server = createServer((request, response) => receiver.requestListener(request, response));
server.listen(0, '127.0.0.1', () => console.log(server.address().port));

// npm's `standardwebhooks`: judges what the module has signed, and signs the same messages itself.
const { readFileSync } = require('node:fs');
const { Webhook } = require('standardwebhooks');

const answers = JSON.parse(readFileSync(0, 'utf8')).map(({ secret, body, headers }) => {
  const webhook = new Webhook(secret);
  let good = true;
  try {
    webhook.verify(body, headers);
  } catch {
    good = false;
  }
  const id = `msg_node_${headers['webhook-id']}`;
  const at = new Date(Math.floor(Date.now() / 1000) * 1000);
  return { good, signed: { 'webhook-id': id, 'webhook-timestamp': String(at.getTime() / 1000), 'webhook-signature': webhook.sign(id, at, body) } };
});
process.stdout.write(JSON.stringify(answers));

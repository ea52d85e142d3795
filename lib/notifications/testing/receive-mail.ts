/** A real SMTP server on the loopback for one test: it wants a name and a password, and keeps what it took. */
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';

export interface MailReceiver {
  /** For WEIR_SMTP_URL. */
  url: string;
  /** Whole messages, as they came. */
  taken: { to: string[]; raw: string }[];
  /** SMTP codes with which the next recipients are refused. */
  refuse: number[];
  [Symbol.asyncDispose](): Promise<void>;
}

export async function receiveMail(): Promise<MailReceiver> {
  const taken: MailReceiver['taken'] = [];
  const refuse: number[] = [];
  const server = new SMTPServer({
    // Its own certificate is nobody's; on the loopback there is nothing to hide either.
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, answer) =>
      username === 'weir' && password === 'p@ss word'
        ? answer(null, { user: username })
        : answer(new Error('no')),
    onRcptTo(_address, _session, answer) {
      const responseCode = refuse.shift();
      answer(responseCode ? Object.assign(new Error('refused'), { responseCode }) : null);
    },
    onData(stream, { envelope }, answer) {
      text(stream).then((raw) => {
        taken.push({ to: envelope.rcptTo.map(({ address }) => address), raw });
        answer();
      }, answer);
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://weir:p%40ss%20word@127.0.0.1:${port}`,
    taken,
    refuse,
    [Symbol.asyncDispose]: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

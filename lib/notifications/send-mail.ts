import { createTransport } from 'nodemailer';
import type { MailSettings } from './mail-settings';
import { linkTo, plainName, wordsToOne } from './rules';
import { NOTIFICATION_LABELS, type NotificationKind } from './schema';
import { Undelivered } from './undelivered';

/** Milliseconds for each step with the server, and for all of them. */
const STEP_MS = 10_000;

/** What leaves the desk of a notification: who, what kind, and which object. */
export interface Leaving {
  kind: NotificationKind;
  leafIndex: bigint;
  actorName: string;
  objectType: string;
  objectId: string;
  at: Date;
}

/** A mail holds no more than that something happened to an object, and a link. Pure. */
export function mailAbout(leaving: Leaving, userId: number, origin: string) {
  const { kind, objectType, objectId } = leaving;
  const ref = plainName(objectId);
  return {
    subject: `[Weir] ${NOTIFICATION_LABELS[kind]}: ${ref}`,
    text: [
      `${wordsToOne(kind, plainName(leaving.actorName), ref)}.`,
      '',
      linkTo(origin, objectType, objectId),
      '',
      'What it is about is read at the desk, after signing in.',
      `What you get by mail is chosen at ${origin}/notifications`,
      '',
    ].join('\n'),
    messageId: `<weir.${leaving.leafIndex}.${userId}@${new URL(origin).hostname}>`,
  };
}

export interface Mail {
  to: string;
  subject: string;
  text: string;
  /** The same whatever the try: a mail that comes twice is seen to be one. */
  messageId: string;
}

/** @throws Undelivered when the server did not take it, or nobody knows */
export async function sendMail(settings: MailSettings, mail: Mail, signal?: AbortSignal): Promise<void> {
  const { from, ...server } = settings;
  const transport = createTransport({
    ...server,
    connectionTimeout: STEP_MS,
    greetingTimeout: STEP_MS,
    socketTimeout: STEP_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const end = () => transport.close();
  signal?.addEventListener('abort', end);
  try {
    await transport.sendMail({
      from,
      // As an object it is one address, whatever stands in it.
      to: { name: '', address: mail.to },
      subject: mail.subject,
      text: mail.text,
      messageId: mail.messageId,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  } catch (error) {
    throw inWords(error);
  } finally {
    signal?.removeEventListener('abort', end);
    transport.close();
  }
}

const WORDS: Record<string, string> = {
  EAUTH: 'the mail server did not take name and password',
  ENOAUTH: 'the mail server wants a name and a password',
  ECONNECTION: 'the mail server closed the connection',
  ESOCKET: 'the mail server does not answer',
  ETIMEDOUT: 'the mail server does not answer in time',
  EDNS: 'the mail server’s name does not resolve',
  ETLS: 'the connection to the mail server could not be encrypted',
  EENVELOPE: 'the mail server refused the sender or the address',
  EMESSAGE: 'the mail server refused the message',
};

/** Our own words and the server's code: its own text may repeat addresses. */
function inWords(error: unknown): Undelivered {
  const { code, command, responseCode } = (error ?? {}) as {
    code?: unknown;
    command?: unknown;
    responseCode?: unknown;
  };
  const words = WORDS[String(code)] ?? 'the mail could not be sent';
  const answered = typeof responseCode === 'number' ? ` (${responseCode})` : '';
  // Nobody lives there: no later try changes that. All else somebody can mend.
  const forGood =
    code === 'EENVELOPE' && command === 'RCPT TO' && typeof responseCode === 'number' && responseCode >= 500;
  return new Undelivered(
    forGood ? `nobody has this address at the mail server${answered}` : `${words}${answered}`,
    {
      forGood,
      cause: error,
    },
  );
}

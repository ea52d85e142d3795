/** The mail server of this deployment, from its configuration alone: a password of it is on no screen. */
import { AppError } from '@/lib/errors';

export interface MailSettings {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise STARTTLS where the server offers it. */
  secure: boolean;
  /** Whoever has a password to lose refuses a connection that stays open to read. */
  requireTLS: boolean;
  auth: { user: string; pass: string } | undefined;
  from: string;
}

const FROM =
  /^(?:[^<>\p{C}]{1,80} <[^<>@\s\p{C}]{1,64}@[^<>@\s\p{C}]{1,190}>|[^<>@\s\p{C}]{1,64}@[^<>@\s\p{C}]{1,190})$/u;

/** Null for an address that may stand in the From line; otherwise what is wrong with it. */
export function refuseFrom(value: string): string | null {
  return FROM.test(value.trim())
    ? null
    : 'is to be an address, as weir@example.org or Weir <weir@example.org>';
}

/**
 * Reads WEIR_SMTP_URL (smtp:// or smtps://, with name and password where the server wants them) and WEIR_MAIL_FROM.
 * @returns null when mail is not set up
 * @throws AppError unavailable when a setting is not what it should be; nothing of its value is in the message
 */
export function readMailSettings(env: Record<string, string | undefined>): MailSettings | null {
  const [address, from] = [env.WEIR_SMTP_URL?.trim(), env.WEIR_MAIL_FROM?.trim()];
  if (!address) return null;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !/^smtps?:$/.test(url.protocol) || !url.hostname)
    throw misconfigured('WEIR_SMTP_URL is no smtp or smtps address');
  if (!from || refuseFrom(from)) throw misconfigured('WEIR_MAIL_FROM is no mail address');
  const secure = url.protocol === 'smtps:';
  const auth = url.username ? { user: decode(url.username), pass: decode(url.password) } : undefined;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const local = ['localhost', '127.0.0.1', '::1'].includes(host);
  return {
    host,
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTLS: auth !== undefined && !secure && !local,
    auth,
    from,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw misconfigured('WEIR_SMTP_URL holds a % that begins no escape: write % as %25');
  }
}

const misconfigured = (words: string) =>
  new AppError('unavailable', `${words}. Ask whoever runs this deployment to correct it.`);

// Mail over SMTP: one recipient, headers nobody can break into, and never in the clear where TLS is demanded (L31).
import { setTimeout as sleep } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { isMailAddress, type MailSettings, readMailSettings } from './mail-settings.ts';

export type Mail = { to: string; subject: string; text: string; html?: string; id: string };

export type MailOutcome =
  | { kind: 'sent' }
  | {
      kind: 'failed';
      /** A code, a colon and what the server said; one line. */
      reason: string;
      /** Trying again cannot help. */
      final: boolean;
      /** TLS was demanded and could not be had, so nothing was sent. */
      tlsMissing: boolean;
    };

export type Mailer = {
  configured: boolean;
  send: (mail: Mail) => Promise<MailOutcome>;
  /** Whether the server answers and lets us in, without sending anything; ten seconds at most. */
  reach: () => Promise<{ kind: 'reached' } | { kind: 'failed'; reason: string }>;
  close: () => void;
};

/** The mailer of `SMTP_URL`, or one that is not configured; `ca` is a further trusted certificate (PEM). */
export function openMailer(
  config: Pick<Config, 'smtpUrl' | 'url'>,
  log: Pick<Logger, 'warn' | 'error'>,
  options: { ca?: string } = {},
): Mailer {
  if (!config.smtpUrl) {
    const reason = 'not-configured: there is no SMTP_URL';
    return {
      configured: false,
      send: async () => ({ kind: 'failed', reason, final: true, tlsMissing: false }),
      reach: async () => ({ kind: 'failed', reason }),
      close: () => {},
    };
  }
  const read = readMailSettings(config.smtpUrl, config.url);
  if (read.kind === 'faulty') throw new Error(`SMTP_URL is wrong: ${read.why}`);
  const { settings } = read;
  if (settings.tls === 'none' && settings.user)
    log.warn({ host: settings.host }, 'mail and its password travel without TLS, as SMTP_URL says');
  const transport = createTransport({
    host: settings.host,
    port: settings.port,
    secure: settings.tls === 'implicit',
    requireTLS: settings.tls === 'required',
    ignoreTLS: settings.tls === 'none',
    ...(settings.user ? { auth: { user: settings.user, pass: settings.password } } : {}),
    ...(options.ca ? { tls: { ca: options.ca } } : {}),
    name: settings.from.address.slice(settings.from.address.lastIndexOf('@') + 1),
    connectionTimeout: 15_000,
    greetingTimeout: 15_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

  return {
    configured: true,
    close: () => transport.close(),
    async reach() {
      const late = sleep(10_000, 'late' as const, { ref: false });
      try {
        const found = await Promise.race([transport.verify(), late]);
        return found === 'late'
          ? { kind: 'failed', reason: 'unreachable: no answer within ten seconds' }
          : { kind: 'reached' };
      } catch (error) {
        return { kind: 'failed', reason: classify(error as SmtpError, settings).reason };
      }
    },
    async send(mail) {
      if (!isMailAddress(mail.to)) return failed('address', 'the recipient is not one plain address', true);
      if (!/^[\w-]+$/.test(mail.id)) throw new Error('a mail id may hold letters, digits, _ and - only');
      try {
        await transport.sendMail({
          from: settings.from,
          to: { name: '', address: mail.to },
          envelope: { from: settings.from.address, to: [mail.to] },
          subject: oneLine(mail.subject, 200),
          text: mail.text,
          ...(mail.html ? { html: mail.html } : {}),
          messageId: `<${mail.id}@${settings.from.address.slice(settings.from.address.lastIndexOf('@') + 1)}>`,
          headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        });
        return { kind: 'sent' };
      } catch (error) {
        const outcome = classify(error as SmtpError, settings);
        log[outcome.tlsMissing ? 'error' : 'warn'](
          { host: settings.host, reason: outcome.reason },
          'mail failed',
        );
        return outcome;
      }
    },
  };
}

type SmtpError = Error & { code?: string; responseCode?: number; response?: string };
type Failed = Extract<MailOutcome, { kind: 'failed' }>;

function classify(error: SmtpError, settings: MailSettings): Failed {
  const said = error.response || error.message;
  const status = error.responseCode ?? 0;
  const temporary = status >= 400 && status < 500;
  if (settings.tls !== 'none' && isTlsTrouble(error)) {
    const where = `${settings.host}:${settings.port} offers no trustworthy TLS, so nothing was sent`;
    return { ...failed('tls-missing', `${where} (${said})`, !temporary), tlsMissing: true };
  }
  if (error.code === 'EAUTH' || status === 530) return failed('sign-in', said, false); // put right by the administrator
  if (status >= 500) return failed('refused', said, true);
  if (temporary) return failed('put-off', said, false);
  if (error.code === 'EENVELOPE') return failed('address', said, true);
  return failed('unreachable', said, false);
}

function isTlsTrouble(error: SmtpError): boolean {
  return /TLS|SSL|CERT|SIGNATURE/.test(error.code ?? '') || /STARTTLS|certificate/i.test(error.message);
}

function failed(code: string, said: string, final: boolean): Failed {
  return { kind: 'failed', reason: `${code}: ${oneLine(said, 300)}`, final, tlsMissing: false };
}

/** Text that stays on its line: control characters and line separators become spaces. */
function oneLine(text: string, limit: number): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, limit);
}

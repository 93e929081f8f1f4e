/** Messages by SMTP: several recipients, pictures attached. */
import { Socket } from "node:net";
import { createTransport } from "nodemailer";
import { seconds } from "../../kernel/time.ts";
import type { EmailSettings } from "../../domain/notifier-settings.ts";
import { mailLimitMs, type Transport, type Try } from "./ports.ts";

/** ms. A server that says nothing is given up. */
export const usualLimits = {
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
  dnsTimeout: 5000,
};

/** ms. For the whole of a login, without a mail: a server that says a byte now and then is never silent. */
const loginLimitMs = seconds(20);

/** What nodemailer's errors carry besides their sentence. */
interface MailError {
  readonly code?: string;
  readonly response?: string;
  readonly responseCode?: number;
}

/** How the server is called. */
export const mailOptions = (target: EmailSettings, limits: typeof usualLimits) => ({
  host: target.host,
  port: target.port,
  secure: target.security === "tls",
  requireTLS: target.security === "starttls",
  ignoreTLS: target.security === "none",
  tls: { rejectUnauthorized: !target.anyCertificate },
  ...(target.username === "" ? {} : { auth: { user: target.username, pass: target.password } }),
  ...limits,
  disableFileAccess: true,
  disableUrlAccess: true,
});

/** One connection a mail: alarms are rare, and a kept connection dies unseen. `wholeMs` is for the whole of a mail. */
export function emailTransport(limits = usualLimits, wholeMs: number = mailLimitMs): Transport<EmailSettings> {
  return async (target, message) => {
    const transport = createTransport(mailOptions(target, limits));
    try {
      const { rejected, response } = await transport.sendMail({
        signal: AbortSignal.timeout(wholeMs),
        from: target.from,
        to: [...target.to],
        subject: message.title,
        text: message.text,
        priority: message.urgency === "high" || message.urgency === "highest" ? "high" : "normal",
        attachments: message.pictures.map(({ name, jpeg }) => ({
          filename: name,
          content: Buffer.from(jpeg),
          contentType: "image/jpeg",
        })),
      });
      const answer = answerOf(response);
      if (rejected.length === 0) return { kind: "taken", why: "", ...answer };
      const refused = rejected.join(", ");
      return { kind: "taken", why: "", lacking: `${target.name} refused ${refused}`, ...answer };
    } catch (error) {
      return mailTrouble(target, error);
    } finally {
      transport.close();
    }
  };
}

/** Connects, encrypts and logs in as for a mail, and sends none. */
export async function verifyLogin(
  target: EmailSettings,
  limits = usualLimits,
  wholeMs: number = loginLimitMs,
): Promise<Try> {
  // the library ends a login by no signal, so the socket is ours
  const socket = new Socket();
  const late = setTimeout(() => socket.destroy(new Error("it did not come to an end")), wholeMs);
  const transport = createTransport({ ...mailOptions(target, limits), socket });
  try {
    await transport.verify();
    return { kind: "taken", why: "" };
  } catch (error) {
    return mailTrouble(target, error);
  } finally {
    clearTimeout(late);
    transport.close();
  }
}

/** "250 2.0.0 Ok: queued" as status and text, as an HTTP answer would be shown. */
function answerOf(response: string | undefined): Pick<Try, "answer"> {
  const match = /^(\d{3})[ -]?(.*)/s.exec(response ?? "");
  return match === null ? {} : { answer: { status: Number(match[1]), text: (match[2] ?? "").trim().slice(0, 200) } };
}

/** 5yz is for good, 4yz is not (RFC 5321 §4.2.1); a login or a certificate does not get better by itself. */
export function mailTrouble(target: EmailSettings, error: unknown): Try {
  const { code, response, responseCode } = error as MailError;
  const said = code === "EABORT" ? "it did not come to an end" : error instanceof Error ? error.message : String(error);
  const answer = answerOf(response);
  if (code === "EAUTH")
    return { kind: "refused", why: `${target.name} refused the login (${said}); check user and password`, ...answer };
  if (/certificate|altnames|wrong version number|STARTTLS/i.test(said))
    return { kind: "refused", why: `${target.name} can't be trusted or does not encrypt so: ${said}`, ...answer };
  if (responseCode !== undefined && responseCode >= 500)
    return { kind: "refused", why: `${target.name} answered ${said}; check the addresses`, ...answer };
  if (responseCode !== undefined) return { kind: "again", why: `${target.name} answered ${said}`, ...answer };
  return { kind: "again", why: `${target.name} was not reached: ${said}` };
}

export { type EmailMessage, toEmail } from "./to-email.ts";

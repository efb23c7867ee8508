import { whatIsMissing } from "../../server/what-is-missing.ts";
import { Link } from "../../ui/link.tsx";

/** AppNotFound says what of an address does not exist, and where to go on; it never shows something else instead. */
export default async function AppNotFound() {
  const { message, href, link } = await whatIsMissing();
  return (
    <div className="message">
      <h1>There is nothing at this address</h1>
      <p>{message}</p>
      <Link href={href}>{link}</Link>
    </div>
  );
}

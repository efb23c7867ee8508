import { Link } from "../ui/link.tsx";

/** NotFound says that an address leads nowhere, and where to go on. */
export default function NotFound() {
  return (
    <main className="message" id="main">
      <h1>There is nothing at this address</h1>
      <p>The model or incident may have another name, or may belong to another project.</p>
      <Link href="/">Go to the overview</Link>
    </main>
  );
}
